using System.Collections.Immutable;
using Optuna.Json;

namespace Optuna.Trials;

/// <summary>Constraint values as they stand in system attributes: <c>constraints:&lt;key&gt;</c>, or the older list <c>constraints</c>.</summary>
public static class TrialConstraints
{
    public const string ListKey = "constraints";
    public const string KeyPrefix = "constraints:";

    public static bool IsConstraint(string attr) => attr == ListKey || attr.StartsWith(KeyPrefix, StringComparison.Ordinal);

    /// <summary>By key; the list form has the keys "0", "1", …</summary>
    public static ImmutableSortedDictionary<string, double> Read(IEnumerable<KeyValuePair<string, string>> systemAttrs)
    {
        var found = ImmutableSortedDictionary<string, double>.Empty;
        foreach (var (key, json) in systemAttrs)
        {
            if (key == ListKey && PythonJson.Read(json) is List<object?> list)
            {
                for (var i = 0; i < list.Count; i++)
                    found = found.SetItem(i.ToString(System.Globalization.CultureInfo.InvariantCulture), Number(list[i]));
            }
            else if (key.StartsWith(KeyPrefix, StringComparison.Ordinal))
            {
                found = found.SetItem(key[KeyPrefix.Length..], Number(PythonJson.Read(json)));
            }
        }

        return found;
    }

    /// <summary>Sum of the positive values; NaN when there are no constraints (which counts as feasible).</summary>
    public static double Violation(IEnumerable<KeyValuePair<string, string>> systemAttrs)
    {
        var values = Read(systemAttrs);
        return values.IsEmpty ? double.NaN : values.Values.Sum(v => v > 0 ? v : 0);
    }

    private static double Number(object? value) => value switch
    {
        double d => d,
        long l => l,
        bool b => b ? 1 : 0,
        _ => double.NaN,
    };
}
