using System.Globalization;
using Optuna.Json;
using Optuna.Trials;

namespace Optuna.Cli.Transfer.JournalFile;

/// <summary>One operation of a journal: its fields in the types they should have. What is refused names the line.</summary>
internal sealed class JournalEntry
{
    private readonly int _line;
    private readonly Dictionary<string, object?> _fields;

    private JournalEntry(int line, Dictionary<string, object?> fields) => (_line, _fields) = (line, fields);

    public JournalOp Op { get; private init; }

    /// <summary>The entry of a line, or null when the line is no JSON object.</summary>
    /// <param name="line">Counted from 1.</param>
    /// <exception cref="TransferRefusedException">An operation that does not exist.</exception>
    public static JournalEntry? Parse(int line, string? text)
    {
        try
        {
            if (text is null || PythonJson.Read(text) is not Dictionary<string, object?> fields)
                return null;
            var op = fields.GetValueOrDefault("op_code");
            return op is long code && Enum.IsDefined((JournalOp)code)
                ? new JournalEntry(line, fields) { Op = (JournalOp)code }
                : throw new TransferRefusedException($"Line {line}: the operation {PythonJson.Write(op)} is not one of Optuna's, which are 0 to 10.");
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public bool Has(string name) => _fields.GetValueOrDefault(name) is not null;

    public int Id(string name) => Required(name) is long value and >= 0 and <= int.MaxValue ? (int)value : throw Wrong(name, "a number of a study or trial");

    public long Step(string name) => Required(name) is long value ? value : throw Wrong(name, "a step");

    public string Text(string name) => Required(name) as string ?? throw Wrong(name, "a text");

    public double Real(string name) => JsonConversion.Real(Required(name)) ?? throw Wrong(name, "a number");

    public IEnumerable<double> Reals(string name) =>
        List(name).Select(v => JsonConversion.Real(v) ?? throw Wrong(name, "a list of numbers"));

    public List<object?> List(string name) => Required(name) as List<object?> ?? throw Wrong(name, "a list");

    /// <summary>In the order written.</summary>
    public Dictionary<string, object?> Map(string name) => Required(name) as Dictionary<string, object?> ?? throw Wrong(name, "an object");

    public TrialState State() => Required("state") is long value && Enum.IsDefined((TrialState)value)
        ? (TrialState)value
        : throw Wrong("state", "one of Optuna's states, which are 0 to 4");

    public DateTime Time(string name, StoredTimes times) => times.Read(Text(name)) ?? throw Wrong(name, "a time");

    public TransferRefusedException Refused(string fault) => new(string.Create(CultureInfo.InvariantCulture, $"Line {_line}: {fault}"));

    private object? Required(string name) => _fields.TryGetValue(name, out var value) ? value : throw Refused($"the field '{name}' is missing.");

    private TransferRefusedException Wrong(string name, string expected)
    {
        var text = PythonJson.Write(_fields.GetValueOrDefault(name));
        return Refused($"the field '{name}' is not {expected}, but {(text.Length <= 100 ? text : text[..100] + "…")}.");
    }
}
