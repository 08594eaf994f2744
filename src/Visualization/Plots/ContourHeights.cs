namespace Optuna.Visualization;

/// <summary>The panels of a contour plot.</summary>
/// <param name="better">Whether the first value counts where two trials share a cell; null: the later one does.</param>
internal sealed class ContourHeights(List<Scored> trials, List<ContourGrid> grids, List<ParamAxis> axes, Func<double, double, bool>? better)
{
    private readonly bool[] _feasible = [.. trials.Select(t => Constraints.IsFeasible(t.Trial))];
    private bool _scaleShown;

    internal required ColorBar ColorBar { get; init; }

    internal required bool IsReversed { get; init; }

    /// <summary>Points a panel may have.</summary>
    internal required int MostPoints { get; init; }

    /// <summary>Points of the panel that lacks most, and how many it should have.</summary>
    internal int Drawn { get; private set; }

    internal int Total { get; private set; }

    internal bool IsCoarse => grids.Exists(g => g.IsCoarse);

    internal IEnumerable<Trace> Pair(int x, int y)
    {
        if (x == y)
            return [new Scatter()];
        var rows = Enumerable.Range(0, trials.Count).Where(r => axes[x].Has(r) && axes[y].Has(r)).ToList();
        if (grids[x].At.Count < 2 || grids[y].At.Count < 2 || rows.Count == 0)
            return [new Contour { ShowScale = Scale() }, new Scatter()];

        var shown = Downsampling.Thin(rows, MostPoints, r => trials[r].Value);
        if (rows.Count - shown.Count >= Total - Drawn)
            (Drawn, Total) = (shown.Count, rows.Count);
        var infeasible = shown.Where(r => !_feasible[r]).ToList();
        var points = Points(x, y, shown.Where(r => _feasible[r]), "Feasible Trial", "black");
        return infeasible.Count == 0
            ? [Heights(x, y, rows), points]
            : [Heights(x, y, rows), points, Points(x, y, infeasible, "Infeasible Trial", Constraints.Grey)];
    }

    private Contour Heights(int x, int y, List<int> rows)
    {
        var (across, up) = (grids[x], grids[y]);
        var z = new double[up.At.Count][];
        for (var i = 0; i < z.Length; i++)
            Array.Fill(z[i] = new double[across.At.Count], double.NaN);
        foreach (var r in rows)
        {
            ref var cell = ref z[up.Cells[r]][across.Cells[r]];
            if (double.IsNaN(cell) || better is null || better(trials[r].Value, cell))
                cell = trials[r].Value;
        }

        return new Contour
        {
            X = across.At,
            Y = up.At,
            Z = Array.ConvertAll(z, row => (PlotValues)row),
            ColorBar = ColorBar,
            ColorScale = ColorScale.Blues.Stops,
            ConnectGaps = true,
            Contours = new Contours("heatmap"),
            HoverInfo = "none",
            Line = new Line { Smoothing = 1.3 },
            ReverseScale = IsReversed,
            ShowScale = Scale(),
        };
    }

    // One colour bar is enough for all panels.
    private bool? Scale()
    {
        var first = !_scaleShown;
        _scaleShown = true;
        return axes.Count == 2 ? null : first;
    }

    private Scatter Points(int x, int y, IEnumerable<int> rows, string name, string color)
    {
        var shown = rows.ToArray();
        return new Scatter
        {
            X = axes[x].Take(shown),
            Y = axes[y].Take(shown),
            Mode = "markers",
            Name = name,
            Marker = new Marker { Color = color, Line = new Line { Width = 2, Color = "Gray" } },
            CustomData = Array.ConvertAll(shown, r => PlotValues.Of([trials[r].Trial.Number])),
            ShowLegend = false,
        };
    }
}
