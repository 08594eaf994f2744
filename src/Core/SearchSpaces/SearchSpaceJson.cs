using System.Collections.Immutable;
using Optuna.Distributions;
using Optuna.Json;

namespace Optuna.SearchSpaces;

/// <summary>A search space as a JSON object, parameter name to distribution, as <c>optuna ask --search-space</c> takes it.</summary>
/// <remarks>Each distribution in either form of <see cref="DistributionJson"/>. The order of the file is the order of suggestion.</remarks>
public static class SearchSpaceJson
{
    /// <exception cref="ArgumentException">Not a JSON object, a name empty or given twice, or a distribution refused; the message names the parameter.</exception>
    public static ImmutableArray<KeyValuePair<string, Distribution>> Read(string text)
    {
        object? value;
        try
        {
            value = PythonJson.Read(text, uniqueNames: true);
        }
        catch (FormatException e)
        {
            throw new ArgumentException($"The search space is malformed. {e.Message}", e);
        }

        return value is Dictionary<string, object?> map
            ? [.. map.Select(p => KeyValuePair.Create(p.Key, ReadOne(p.Key, p.Value)))]
            : throw new ArgumentException("A search space must be a JSON object of parameter names and distributions.");
    }

    /// <summary>One line of JSON that <see cref="Read"/> and Optuna read back; names are taken as unique and not empty.</summary>
    public static string Write(IEnumerable<KeyValuePair<string, Distribution>> searchSpace) =>
        PythonJson.Write(searchSpace.Select(p => KeyValuePair.Create<string, object?>(p.Key, new JsonText(DistributionJson.Write(p.Value)))));

    private static Distribution ReadOne(string name, object? value)
    {
        if (name.Length == 0)
            throw new ArgumentException("The search space has a parameter with an empty name.");
        try
        {
            return DistributionJson.FromValue(value);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"Parameter '{name}': {e.Message}", e);
        }
    }
}
