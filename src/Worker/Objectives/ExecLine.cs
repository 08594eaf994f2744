using System.Collections.Immutable;
using System.Numerics;
using Optuna.Json;

namespace Optuna.Worker.Objectives;

/// <summary>One line of a program's standard output that is meant for the study.</summary>
/// <remarks>
/// <c>{"step": 1, "value": 0.5}</c> reports, with several objectives <c>{"step": 1, "values": [0.5, 2]}</c>; <c>{"value": 0.5}</c> or <c>{"values": [0.5, 2]}</c> is the result;
/// <c>{"user_attrs": {…}}</c> and <c>{"constraints": {"name": 0.1}}</c> belong to the trial, alone or beside either.
/// Numbers may be NaN and Infinity. Any other line is the program's own affair.
/// </remarks>
internal sealed record ExecLine
{
    private static readonly Dictionary<string, object?> s_nothing = [];

    public (long Step, ImmutableArray<double> Values)? Report { get; private init; }

    /// <summary>Default: the line is no result.</summary>
    public ImmutableArray<double> Result { get; private init; }

    public IReadOnlyDictionary<string, object?> UserAttrs { get; private init; } = s_nothing;

    public ImmutableArray<KeyValuePair<string, double>> Constraints { get; private init; } = [];

    /// <returns>Null when the line says nothing to the study.</returns>
    /// <exception cref="ExecFailedException">It is meant for the study, but wrong.</exception>
    public static ExecLine? Read(string line)
    {
        var text = line.AsSpan().Trim();
        if (text is not ['{', .., '}'] || Parse(line) is not { } map)
            return null;
        var read = new ExecLine
        {
            UserAttrs = map.TryGetValue("user_attrs", out var attrs) ? ObjectOf(attrs, line, "user_attrs") : s_nothing,
            Constraints = map.TryGetValue("constraints", out var constraints) ? ConstraintsOf(constraints, line) : [],
            Report = map.ContainsKey("step") && (map.ContainsKey("value") || map.ContainsKey("values")) ? ReportOf(map, line) : null,
            Result = map.ContainsKey("step") ? default : ResultOf(map, line),
        };
        return read.Report is null && read.Result.IsDefault && read.UserAttrs.Count == 0 && read.Constraints.IsEmpty ? null : read;
    }

    private static Dictionary<string, object?>? Parse(string line)
    {
        try
        {
            return PythonJson.Read(line) as Dictionary<string, object?>;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static (long Step, ImmutableArray<double> Values) ReportOf(Dictionary<string, object?> map, string line)
    {
        long? step = map["step"] switch
        {
            long l => l,
            double d when double.IsInteger(d) && Math.Abs(d) <= 1L << 53 => (long)d,
            _ => null,
        };
        return step >= 0 && ResultOf(map, line) is { IsDefaultOrEmpty: false } values
            ? (step.Value, values)
            : throw Fault(line, "a report needs a whole \"step\" of at least 0 and a number as \"value\", or numbers as \"values\"");
    }

    private static ImmutableArray<double> ResultOf(Dictionary<string, object?> map, string line)
    {
        if (map.ContainsKey("value") && map.ContainsKey("values"))
            throw Fault(line, "a result has either \"value\" or \"values\"");
        if (map.GetValueOrDefault("values") is List<object?> list && list.TrueForAll(v => Number(v) is not null))
            return [.. list.Select(v => Number(v)!.Value)];
        return Number(map.GetValueOrDefault("value")) is { } one ? [one] : default;
    }

    private static ImmutableArray<KeyValuePair<string, double>> ConstraintsOf(object? value, string line) =>
    [
        .. ObjectOf(value, line, "constraints").Select(c => KeyValuePair.Create(
            c.Key, Number(c.Value) ?? throw Fault(line, $"constraint '{c.Key}' must be a number"))),
    ];

    private static Dictionary<string, object?> ObjectOf(object? value, string line, string name) =>
        value as Dictionary<string, object?> ?? throw Fault(line, $"\"{name}\" must be an object");

    private static double? Number(object? value) => value switch
    {
        double d => d,
        long l => l,
        BigInteger b => (double)b,
        _ => null,
    };

    private static ExecFailedException Fault(string line, string rule) =>
        new($"The program printed {ExecText.Short(line)}, but {rule}.");
}
