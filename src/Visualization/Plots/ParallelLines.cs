namespace Optuna.Visualization;

/// <summary>How the lines of parallel coordinates are drawn.</summary>
internal static class ParallelLines
{
    /// <summary>More lines than these are drawn by one trace that is made for it.</summary>
    internal const int MostLines = 500;

    /// <summary>A trace per trial, the key to solid and dotted lines, and the colour bar.</summary>
    internal static List<Trace> Traces(ParallelSet lines, List<ParallelAxis> axes)
    {
        var (low, high) = ColorRange(lines);
        var constrained = lines.Trials.Exists(Constraints.HasAny);
        var x = PlotValues.Of(Enumerable.Range(0, axes.Count));
        var traces = new List<Trace>();
        foreach (var row in lines.DrawOrder)
        {
            var share = low == high ? 0.5 : (lines.Colors[row] - low) / (high - low);
            var trial = lines.Trials[row];
            traces.Add(new Scatter
            {
                X = x,
                Y = PlotValues.Of(axes.Select(a => a.Place(a.Values[row]))),
                CustomData = axes.ConvertAll(a => PlotValues.Of([a.ShortLabel, a.Show(a.Values[row])])),
                Mode = "lines",
                Line = new Line
                {
                    Color = ColorScale.Blues.Sample(lines.IsReversed ? 1 - share : share),
                    Dash = !constrained || (Constraints.HasAny(trial) && Constraints.IsFeasible(trial)) ? "solid" : "dot",
                    Width = 1.2,
                },
                Opacity = 0.5,
                ShowLegend = false,
                HoverTemplate = $"Trial {trial.Number}<br>%{{customdata[0]}}: %{{customdata[1]}}<extra></extra>",
            });
        }

        if (constrained)
            traces.AddRange([Key("Feasible", "solid"), Key("Infeasible", "dot")]);
        traces.Add(new Scatter
        {
            X = new string?[] { null, null },
            Y = new string?[] { null, null },
            Mode = "markers",
            Marker = Colors(lines) with { Color = (PlotValues)new[] { low, high } },
            ShowLegend = false,
            HoverInfo = "skip",
        });
        return traces;
    }

    internal static Layout Dress(Layout layout, List<ParallelAxis> axes, Annotation? note)
    {
        layout.Axes["xaxis"] = new Axis
        {
            TickMode = "array",
            TickVals = PlotValues.Of(Enumerable.Range(0, axes.Count)),
            TickText = PlotValues.Of(axes.Select(a => a.ShortLabel)),
            Range = new[] { -0.2, axes.Count - 0.8 },
            ShowGrid = false,
            ZeroLine = false,
        };
        layout.Axes["yaxis"] = new Axis { Range = new[] { -0.08, 1.08 }, Visible = false, FixedRange = true };
        var ticks = axes.SelectMany((a, i) => Ticks(a).Select(t => new Annotation(t.Text, i, a.Place(t.At))
        {
            XAnchor = "right",
            XShift = -4,
            Font = new Font(10, "#555555"),
        }));
        return layout with
        {
            Annotations = note is null ? [.. ticks] : [.. ticks, note],
            Shapes = [.. axes.Select((_, i) => new Shape(i, i, 0, 1, new Line { Color = "#888888", Width = 1 }))],
            HoverMode = "closest",
            Legend = new Legend("h", 1, 1) { XAnchor = "right", YAnchor = "bottom" },
        };
    }

    internal static Trace OneTrace(ParallelSet lines, List<ParallelAxis> axes) => new Parcoords
    {
        Dimensions = axes.ConvertAll(a => new ParcoordsDimension
        {
            Label = a.ShortLabel,
            Values = a.Values,
            Range = new[] { a.Low, a.High },
            TickVals = a.Ticks.Length == 0 ? null : PlotValues.Of(a.Ticks.Select(t => t.At)),
            TickText = a.Ticks.Length == 0 ? null : PlotValues.Of(a.Ticks.Select(t => t.Text)),
        }),
        Line = Colors(lines) with { Color = (PlotValues)lines.Colors },
        CustomData = PlotValues.Of(lines.Trials.Select(t => t.Number)),
    };

    private static Marker Colors(ParallelSet lines)
    {
        var (low, high) = ColorRange(lines);
        return new Marker
        {
            ColorMin = low,
            ColorMax = high,
            ColorScale = ColorScale.Blues.Stops,
            ReverseScale = lines.IsReversed,
            ShowScale = true,
            ColorBar = new ColorBar
            {
                Title = PlotText.Escape(lines.ColorTitle),
                TickVals = lines.IsRanked ? PlotValues.Of(Enumerable.Range(0, (int)lines.Colors.Max() + 1)) : null,
            },
        };
    }

    private static (double Low, double High) ColorRange(ParallelSet lines)
    {
        var (low, high) = (lines.Colors.Min(), lines.Colors.Max());
        return lines.IsRanked ? (-0.5, high + 0.5) : low == high ? (low - 0.5, high + 0.5) : (low, high);
    }

    private static IEnumerable<(double At, string Text)> Ticks(ParallelAxis axis) => axis.Ticks.Length > 0
        ? axis.Ticks
        : (axis.Low == axis.High ? [axis.Low] : Plot.Linspace(axis.Low, axis.High, 5)).Select(t => (t, PlotText.General(t, 3)));

    private static Scatter Key(string name, string dash) => new()
    {
        X = new string?[] { null },
        Y = new string?[] { null },
        Mode = "lines",
        Line = new Line { Color = "#2f3b52", Dash = dash, Width = 2 },
        Name = name,
        ShowLegend = true,
        HoverInfo = "skip",
    };
}
