using Optuna.Distributions;
using Optuna.Json;

namespace Optuna.Cli.Transfer.JournalFile;

/// <summary>Distributions by their text: most trials of a study share theirs.</summary>
internal sealed class KnownTexts
{
    private readonly Dictionary<string, Distribution> _known = [];

    /// <exception cref="TransferRefusedException">Not the text of a distribution; the message names line and parameter.</exception>
    public Distribution Read(JournalEntry entry, string name, object? text)
    {
        if (text is not string json)
            throw entry.Refused($"the distribution of parameter '{name}' is not a text, but {PythonJson.Write(text)}.");
        if (_known.TryGetValue(json, out var known))
            return known;
        try
        {
            var read = DistributionJson.ReadExact(json);
            _known.Add(json, read);
            return read;
        }
        catch (ArgumentException e)
        {
            throw entry.Refused($"the distribution of parameter '{name}' is not understood: {e.Message}");
        }
    }
}
