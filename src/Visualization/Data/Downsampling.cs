using System.Globalization;

namespace Optuna.Visualization;

/// <summary>Fewer points where there are too many to draw, in time linear in their number.</summary>
/// <remarks>
/// Kept are the first, the last, and the lowest and the highest value of all; then the points are cut into stretches of equal length,
/// and of each the lowest and the highest stay. So no outlier is lost and an envelope keeps its form.
/// </remarks>
internal static class Downsampling
{
    /// <summary>Points one panel of a figure shows at most.</summary>
    internal const int MaxPoints = 5000;

    /// <summary>Points that all panels of a figure show at most, as long as that leaves each a few.</summary>
    private const int MaxPointsOfPanels = 20_000;

    /// <summary>Points for each of several panels.</summary>
    internal static int PerPanel(int panels) => Math.Clamp(MaxPointsOfPanels / Math.Max(panels, 1), 200, MaxPoints);

    /// <summary>Indices that stay, ascending; all of them where there are no more than <paramref name="most"/>.</summary>
    /// <param name="values">What must keep its extremes, by index; what is not finite is no extreme.</param>
    internal static int[] Keep(int count, int most, params Func<int, double>[] values)
    {
        if (count <= most)
            return [.. Enumerable.Range(0, count)];
        var kept = new bool[count];
        kept[0] = kept[^1] = true;
        foreach (var value in values)
            KeepExtremes(kept, 0, count, value);
        var stretches = Math.Max(1, (most - kept.Count(k => k)) / (2 * values.Length));
        for (var s = 0; s < stretches; s++)
        {
            var (from, to) = ((int)((long)s * count / stretches), (int)((s + 1L) * count / stretches));
            foreach (var value in values)
                KeepExtremes(kept, from, to, value);
        }

        return [.. Enumerable.Range(0, count).Where(i => kept[i])];
    }

    /// <summary>The items that stay.</summary>
    internal static List<T> Thin<T>(List<T> items, int most, params Func<T, double>[] values) => items.Count <= most
        ? items
        : [.. Keep(items.Count, most, Array.ConvertAll<Func<T, double>, Func<int, double>>(values, v => i => v(items[i]))).Select(i => items[i])];

    /// <summary>What the figure says when it does not show everything; null when it does.</summary>
    internal static Annotation? Note(int shown, int total, string what = "trials") => shown >= total
        ? null
        : Note(string.Create(CultureInfo.InvariantCulture, $"{shown:N0} of {total:N0} {what} are drawn; the extremes are among them"));

    /// <summary>A remark above the figure's right corner.</summary>
    internal static Annotation Note(string text) => new(text, 1, 1)
    {
        XRef = "paper",
        YRef = "paper",
        XAnchor = "right",
        YAnchor = "bottom",
        YShift = 4,
        Font = new Font(11, "#777777"),
    };

    private static void KeepExtremes(bool[] kept, int from, int to, Func<int, double> value)
    {
        var (low, high) = (-1, -1);
        var (lowest, highest) = (0.0, 0.0);
        for (var i = from; i < to; i++)
        {
            var v = value(i);
            if (!double.IsFinite(v))
                continue;
            if (low < 0 || v < lowest)
                (low, lowest) = (i, v);
            if (high < 0 || v > highest)
                (high, highest) = (i, v);
        }

        if (low >= 0)
            kept[low] = kept[high] = true;
    }
}
