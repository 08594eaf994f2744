using System.Collections.Immutable;
using System.Globalization;
using Optuna.Json;

namespace Optuna.Trials;

/// <summary>Reports of trials with several objectives: a system attribute per step, which Optuna's own programs see and leave alone.</summary>
/// <remarks>Optuna has no such reports; a column of numbers, as those of one objective have, would be nothing it could read.</remarks>
internal static class VectorReports
{
    public const string KeyPrefix = "intermediate_values:";

    public static string Key(long step) => string.Create(CultureInfo.InvariantCulture, $"{KeyPrefix}{step}");

    public static string Write(double first, ImmutableArray<double> more) => PythonJson.Write(new List<object?> { first }.Concat(more.Cast<object?>()).ToList());

    /// <returns>False when the attribute is none of these, or not <paramref name="objectives"/> numbers.</returns>
    public static bool TryRead(string key, string json, int objectives, out long step, out double[] values)
    {
        (step, values) = (0, []);
        if (!key.StartsWith(KeyPrefix, StringComparison.Ordinal)
            || !long.TryParse(key.AsSpan(KeyPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out step)
            || PythonJson.Read(json) is not IReadOnlyList<object?> list || list.Count != objectives)
            return false;
        values = new double[objectives];
        for (var k = 0; k < objectives; k++)
        {
            if (JsonConversion.Real(list[k]) is not { } value)
                return false;
            values[k] = value;
        }

        return true;
    }
}
