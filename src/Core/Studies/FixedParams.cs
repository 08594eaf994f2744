using System.Collections.Immutable;
using Optuna.Distributions;
using Optuna.Json;

namespace Optuna.Studies;

/// <summary>Parameters somebody fixed when queueing a trial, kept where Optuna keeps them: system attribute <c>fixed_params</c>, a JSON object.</summary>
internal static class FixedParams
{
    public const string Key = "fixed_params";

    public static IReadOnlyDictionary<string, object?> Read(IEnumerable<KeyValuePair<string, string>> systemAttrs)
    {
        foreach (var (key, json) in systemAttrs)
        {
            if (key == Key)
                return Parse(json) ?? [];
        }

        return ImmutableDictionary<string, object?>.Empty;
    }

    /// <summary>Null when the text is not a JSON object.</summary>
    public static Dictionary<string, object?>? Parse(string json)
    {
        try
        {
            return PythonJson.Read(json) as Dictionary<string, object?>;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Optuna's test for "this trial is there already": the same names, and values of the same type that are equal, numbers to a relative 1e-5.</summary>
    public static bool Match(IReadOnlyDictionary<string, object?> existing, IReadOnlyDictionary<string, object?> wanted)
    {
        if (existing.Count != wanted.Count)
            return false;
        foreach (var (name, value) in wanted)
        {
            if (!existing.TryGetValue(name, out var other) || !Match(other, value))
                return false;
        }

        return true;
    }

    // isinstance(new, type(existing)): a bool is an int in Python, an int is no float.
    private static bool Match(object? existing, object? wanted) => (existing, wanted) switch
    {
        (double a, double b) => (double.IsNaN(a) && double.IsNaN(b)) || a == b || (double.IsFinite(a) && Math.Abs(b - a) <= 1e-5 * Math.Abs(a)),
        (long a, bool b) => a == (b ? 1 : 0),
        (long a, long b) => a == b || Math.Abs((double)b - a) <= 1e-5 * Math.Abs((double)a),
        _ => existing?.GetType() == wanted?.GetType() && CategoricalChoice.Same(existing, wanted),
    };
}
