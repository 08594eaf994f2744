using System.Collections.Immutable;
using System.Globalization;
using Optuna.Json;

namespace Optuna.Trials;

/// <summary>Reports of trials with several objectives: a system attribute per step, which Optuna's own programs see and leave alone.</summary>
/// <remarks>Optuna has no such reports; a column of numbers, as those of one objective have, would be nothing it could read.</remarks>
internal static class VectorReports
{
    private const string KeyPrefix = "intermediate_values:";

    public static string Key(long step) => string.Create(CultureInfo.InvariantCulture, $"{KeyPrefix}{step}");

    public static string Write(double first, ImmutableArray<double> more) => PythonJson.Write(new List<object?> { first }.Concat(more.Cast<object?>()).ToList());

    /// <returns>False when the attribute is none of these.</returns>
    public static bool TryReadStep(string key, out long step)
    {
        step = 0;
        return key.StartsWith(KeyPrefix, StringComparison.Ordinal)
            && long.TryParse(key.AsSpan(KeyPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out step);
    }

    /// <returns>Null when it is not as many numbers.</returns>
    public static double[]? Read(string json, int objectives)
    {
        if (PythonJson.Read(json) is not IReadOnlyList<object?> list || list.Count != objectives)
            return null;
        var values = new double[objectives];
        for (var k = 0; k < objectives; k++)
        {
            if (JsonConversion.Real(list[k]) is not { } value)
                return null;
            values[k] = value;
        }

        return values;
    }
}
