using System.Globalization;
using System.Text;

namespace Optuna.Samplers.CmaEs;

/// <summary>The point behind a trial's discrete parameters, which CMA-ES with margin learns from; a JSON list of numbers, as Optuna keeps it.</summary>
internal static class RawPoint
{
    internal const string Key = "x_for_tell";

    internal static string Write(ReadOnlySpan<double> x)
    {
        var text = new StringBuilder("[", 24 * x.Length);
        for (var i = 0; i < x.Length; i++)
            text.Append(i == 0 ? "" : ", ").Append(CultureInfo.InvariantCulture, $"{x[i]:R}");
        return text.Append(']').ToString();
    }

    /// <returns>False when it is not a list of so many finite numbers; then <paramref name="x"/> holds anything.</returns>
    internal static bool TryRead(string? json, Span<double> x)
    {
        if (json is null || json.Length < 2 || json[0] != '[' || json[^1] != ']')
            return false;
        var list = json.AsSpan(1, json.Length - 2);
        var count = 0;
        foreach (var part in list.Split(','))
        {
            if (count == x.Length || !double.TryParse(list[part].Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out x[count]) || !double.IsFinite(x[count]))
                return false;
            count++;
        }

        return count == x.Length;
    }
}
