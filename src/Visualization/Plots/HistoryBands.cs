namespace Optuna.Visualization;

/// <summary>The history of several studies as one: mean and standard deviation by trial number.</summary>
internal static class HistoryBands
{
    /// <param name="withBest">Also the best values so far, with a band of one standard deviation.</param>
    internal static Figure Draw(List<History> histories, string name, Layout layout, bool withBest)
    {
        // Numbers at which one study at least has a feasible value.
        var numbers = Enumerable.Range(0, histories.Max(h => h.Values.Length))
            .Where(n => histories.Exists(h => n < h.Feasible.Length && h.Feasible[n] == true))
            .ToArray();
        if (numbers.Length == 0)
            return new Figure([], layout);
        if (histories.Exists(h => Array.Exists(h.Feasible, f => f != true)))
            OptunaLog.Warning("Error bars are drawn over feasible complete trials only.");

        var values = Array.ConvertAll(numbers, n => Moments(histories.Where(h => n < h.Values.Length && h.Feasible[n] == true).Select(h => h.Values[n])));
        var kept = Downsampling.Keep(numbers.Length, Downsampling.MaxPoints, i => values[i].Mean);
        var x = PlotValues.Of(kept.Select(i => numbers[i]));
        var traces = new List<Trace>
        {
            new Scatter
            {
                X = x,
                Y = PlotValues.Of(kept.Select(i => values[i].Mean)),
                ErrorY = new ErrorBars(PlotValues.Of(kept.Select(i => values[i].Deviation))),
                Mode = "markers",
                Name = name,
            },
        };
        if (withBest)
        {
            var best = Array.ConvertAll(kept, i => Moments(histories.Where(h => numbers[i] < h.Values.Length).Select(h => h.Best![numbers[i]])));
            traces.Add(new Scatter { X = x, Y = PlotValues.Of(best.Select(b => b.Mean)), Mode = "lines", Name = "Best Value" });
            traces.Add(new Scatter
            {
                X = x,
                Y = PlotValues.Of(best.Select(b => b.Mean + b.Deviation)),
                Mode = "lines",
                Line = new Line { Width = 0.01 },
                ShowLegend = false,
            });
            traces.Add(new Scatter
            {
                X = x,
                Y = PlotValues.Of(best.Select(b => b.Mean - b.Deviation)),
                Mode = "none",
                Fill = "tonexty",
                FillColor = "rgba(255, 0, 0, 0.2)",
                ShowLegend = false,
            });
        }

        var note = Downsampling.Note(kept.Length, numbers.Length, "trial numbers");
        return new Figure(traces, note is null ? layout : layout with { Annotations = [note] });
    }

    /// <summary>Of the finite ones; NaN when there are none.</summary>
    private static (double Mean, double Deviation) Moments(IEnumerable<double> values)
    {
        var finite = values.Where(v => !double.IsInfinity(v)).ToArray();
        if (finite.Length == 0)
            return (double.NaN, double.NaN);
        var mean = finite.Average();
        return (mean, Math.Sqrt(finite.Average(v => (v - mean) * (v - mean))));
    }
}
