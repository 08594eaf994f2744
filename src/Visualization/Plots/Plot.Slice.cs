using Optuna.Distributions;
using Optuna.Trials;

namespace Optuna.Visualization;

/// <content>Single parameters.</content>
public static partial class Plot
{
    /// <summary>The value against each parameter, a point per trial, darker the later; infeasible ones grey.</summary>
    /// <param name="params">Null for all.</param>
    /// <exception cref="ArgumentException">A parameter that no complete trial has, or <paramref name="target"/> is missing.</exception>
    public static Figure Slice(
        PlotStudy study, IReadOnlyList<string>? @params = null, Func<FrozenTrial, double>? target = null, string targetName = Target.DefaultName)
    {
        ArgumentNullException.ThrowIfNull(study);
        var trials = Target.Of(target, study).Finite(study);
        var names = trials.Count == 0 ? [] : ParamAxis.Names(trials.Select(t => t.Trial), @params);
        var layout = Layout.Of("Slice Plot") with { Width = names.Count > 3 ? 300 * names.Count : null };
        var panels = new Panels(1, Math.Max(1, names.Count));
        var most = Downsampling.PerPanel(names.Count);
        var (traces, note) = (new List<Trace>(), (Annotation?)null);
        for (var column = 0; column < names.Count; column++)
        {
            var points = trials.ConvertAll(t => (Param: t.Trial.FindParam(names[column]), t.Trial, t.Value)).FindAll(p => p.Param is not null)
                .ConvertAll(p => new SlicePoint(p.Param!.Value, p.Trial, p.Value));
            var drawn = Downsampling.Thin(points, most, p => p.Value);
            note ??= Downsampling.Note(drawn.Count, points.Count);
            var (x, y) = panels.Ids(0, column);
            traces.AddRange(SliceTraces(drawn, showScale: names.Count == 1 ? null : column == 0).Select(t => t with { XAxis = x, YAxis = y }));

            var across = SliceAxis(points[0].Param.Distribution) with { Title = PlotText.Escape(names[column]) };
            var up = new Axis { Title = column == 0 ? PlotText.Escape(targetName) : null };
            panels.Place(layout, 0, column, across, up);
        }

        return new Figure(traces, layout with { Annotations = Notes(note) });
    }

    private static Axis SliceAxis(Distribution distribution) => distribution switch
    {
        CategoricalDistribution c => new Axis { Type = "category", CategoryOrder = "array", CategoryArray = PlotValues.Of(c.Choices.Select(PlotText.Repr)) },
        _ => new Axis { Type = ParamAxis.IsLogarithmic(distribution) ? "log" : null },
    };

    private static IEnumerable<Scatter> SliceTraces(List<SlicePoint> points, bool? showScale)
    {
        // Choice by choice, as the axis has them.
        if (points.Count > 0 && points[0].Param.Distribution is CategoricalDistribution)
            points = [.. points.OrderBy(p => p.Param.Value)];
        var feasible = points.FindAll(p => Constraints.IsFeasible(p.Trial));
        yield return SliceTrace(feasible, "Feasible Trial", new Marker
        {
            Color = PlotValues.Of(feasible.Select(p => p.Trial.Number)),
            ColorScale = ColorScale.Blues.Stops,
            ColorBar = new ColorBar { Title = "Trial", X = 1, XPad = 40 },
            Line = new Line { Width = 0.5, Color = "Grey" },
            ShowScale = showScale,
        });
        if (feasible.Count < points.Count)
            yield return SliceTrace(points.FindAll(p => !Constraints.IsFeasible(p.Trial)), "Infeasible Trial", new Marker { Color = Constraints.Grey });
    }

    private static Scatter SliceTrace(List<SlicePoint> points, string name, Marker marker) => new()
    {
        X = points.Count > 0 && points[0].Param.Distribution is CategoricalDistribution
            ? PlotValues.Of(points.Select(p => PlotText.Repr(p.Param.External)))
            : PlotValues.Of(points.Select(p => p.Param.Value)),
        Y = PlotValues.Of(points.Select(p => p.Value)),
        Mode = "markers",
        Name = name,
        Marker = marker,
        CustomData = points.ConvertAll(p => PlotValues.Of([p.Trial.Number])),
        ShowLegend = false,
    };

    private readonly record struct SlicePoint(TrialParam Param, FrozenTrial Trial, double Value);
}
