namespace Optuna.Visualization;

/// <summary>The columns (or rows) of a contour's grid: the distinct values of a parameter, and for numbers both ends of the axis.</summary>
/// <remarks>Where there are more values than the grid may have, it has equal stretches of the axis instead.</remarks>
internal sealed class ContourGrid
{
    private ContourGrid(PlotValues at, int[] cells, bool isCoarse) => (At, Cells, IsCoarse) = (at, cells, isCoarse);

    /// <summary>Where the cells are, ascending.</summary>
    internal PlotValues At { get; }

    /// <summary>By row of the trials, the cell; −1 where the trial has no such parameter.</summary>
    internal int[] Cells { get; }

    /// <summary>Different values share cells.</summary>
    internal bool IsCoarse { get; }

    internal static ContourGrid Of(ParamAxis axis, int most)
    {
        if (axis.Texts is { } texts)
        {
            var categories = texts.Where(t => t is not null).Distinct().Order(StringComparer.Ordinal).ToArray();
            return new ContourGrid(categories, Array.ConvertAll(texts, t => t is null ? -1 : Array.BinarySearch(categories, t, StringComparer.Ordinal)), false);
        }

        var values = axis.Numbers!.Where(n => !double.IsNaN(n)).Distinct().Order().ToArray();
        if (values.Length < 2)
            return new ContourGrid(values, Array.ConvertAll(axis.Numbers!, n => double.IsNaN(n) ? -1 : 0), false);
        if (values.Length <= most)
        {
            return new ContourGrid(
                PlotValues.Of([axis.Low, .. values, axis.High]), Array.ConvertAll(axis.Numbers!, n => double.IsNaN(n) ? -1 : Array.BinarySearch(values, n) + 1), false);
        }

        var (low, high) = (Scale(values[0]), Scale(values[^1]));
        var centers = Enumerable.Range(0, most).Select(i => low + ((high - low) * (i + 0.5) / most)).Select(c => axis.IsLog ? Math.Exp(c) : c);
        return new ContourGrid(
            PlotValues.Of([axis.Low, .. centers, axis.High]),
            Array.ConvertAll(axis.Numbers!, n => double.IsNaN(n) ? -1 : 1 + Math.Min(most - 1, (int)((Scale(n) - low) / (high - low) * most))), true);

        double Scale(double value) => axis.IsLog ? Math.Log(value) : value;
    }
}
