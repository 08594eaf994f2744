using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Visualization;

/// <content>Pairs of parameters as contours.</content>
public static partial class Plot
{
    // A grid grows with the square of its columns, and a figure has one per pair of parameters.
    private const int MaxCells = 2_000_000;

    /// <summary>For each pair of parameters the value as heights, and the trials as points; infeasible ones grey.</summary>
    /// <param name="params">Two or more; null for all.</param>
    /// <param name="targetName">Title of the colour bar.</param>
    /// <remarks>Of trials with the same pair of values the best one counts; with a <paramref name="target"/>, the last.</remarks>
    /// <exception cref="ArgumentException">A parameter that no complete trial has, or <paramref name="target"/> is missing.</exception>
    public static Figure Contour(
        PlotStudy study, IReadOnlyList<string>? @params = null, Func<FrozenTrial, double>? target = null, string targetName = Target.DefaultName)
    {
        ArgumentNullException.ThrowIfNull(study);
        var shown = Target.Of(target, study);
        var trials = shown.Finite(study);
        var frozen = trials.ConvertAll(t => t.Trial);
        var names = trials.Count == 0 ? [] : ParamAxis.Names(frozen, @params);
        var layout = Layout.Of("Contour Plot");
        if (names.Count < 2)
            return new Figure([], layout);

        var most = Math.Clamp((int)Math.Sqrt(MaxCells / (names.Count * (names.Count - 1))), 50, 300);
        var axes = names.ConvertAll(n => ParamAxis.Of(frozen, n));
        var heights = new ContourHeights(
            trials, axes.ConvertAll(a => ContourGrid.Of(a, most)), axes,
            better: shown.IsCustom ? null : study.Directions[0] == StudyDirection.Minimize ? (a, b) => a < b : (a, b) => a > b)
        {
            ColorBar = new ColorBar { Title = PlotText.Escape(targetName) },
            IsReversed = shown.IsReversed(study),
            MostPoints = Downsampling.PerPanel(names.Count == 2 ? 1 : names.Count * (names.Count - 1)),
        };
        var traces = new List<Trace>();
        if (names.Count == 2)
        {
            layout.Axes["xaxis"] = axes[0].Axis() with { Title = PlotText.Escape(names[0]) };
            layout.Axes["yaxis"] = axes[1].Axis() with { Title = PlotText.Escape(names[1]) };
            traces.AddRange(heights.Pair(0, 1));
        }
        else
        {
            Tile(layout, new Panels(names.Count, names.Count), axes, traces, (x, y) => heights.Pair(x, y));
        }

        var note = Downsampling.Note(heights.Drawn, heights.Total)
            ?? (heights.IsCoarse ? Downsampling.Note($"heights are drawn on a grid of {most} values per axis") : null);
        return new Figure(traces, layout with { Annotations = Notes(note) });
    }

    /// <summary>A square of panels, every parameter against every other; titles at the left and at the bottom.</summary>
    /// <param name="draw">Traces of a panel, of the parameter to the right and the one upwards.</param>
    private static void Tile(Layout layout, Panels panels, List<ParamAxis> axes, List<Trace> traces, Func<int, int, IEnumerable<Trace>> draw)
    {
        for (var x = 0; x < axes.Count; x++)
        {
            for (var y = 0; y < axes.Count; y++)
            {
                var (xId, yId) = panels.Ids(y, x);
                traces.AddRange(draw(x, y).Select(t => t with { XAxis = xId, YAxis = yId }));
                panels.Place(
                    layout, y, x,
                    axes[x].Axis() with { Title = y == axes.Count - 1 ? PlotText.Escape(axes[x].Name) : null },
                    axes[y].Axis() with { Title = x == 0 ? PlotText.Escape(axes[y].Name) : null });
            }
        }
    }
}
