using Optuna.Trials;

namespace Optuna.Visualization;

/// <content>The empirical distribution function.</content>
public static partial class Plot
{
    private const int EdfPoints = 100;

    /// <summary>For every value, the share of complete trials that are not above it; at 100 values.</summary>
    /// <inheritdoc cref="OptimizationHistory(PlotStudy, Func{FrozenTrial, double}?, string)"/>
    public static Figure Edf(PlotStudy study, Func<FrozenTrial, double>? target = null, string targetName = Target.DefaultName) =>
        Edf([study], target, targetName);

    /// <inheritdoc cref="Edf(PlotStudy, Func{FrozenTrial, double}?, string)"/>
    /// <param name="studies">A curve each, over the values of all.</param>
    public static Figure Edf(IReadOnlyList<PlotStudy> studies, Func<FrozenTrial, double>? target = null, string targetName = Target.DefaultName)
    {
        ArgumentNullException.ThrowIfNull(studies);
        var shown = Target.Of(target, studies);
        var (x, y) = (new Axis { Title = PlotText.Escape(targetName) }, new Axis { Title = "Cumulative Probability" });
        const string title = "Empirical Distribution Function Plot";

        var sorted = studies.Select(s => shown.Finite(s).Select(f => f.Value).Order().ToArray()).ToList();
        if (!sorted.Exists(v => v.Length > 0))
            return new Figure([], Layout.Of(title, x, y));

        var at = Linspace(sorted.Where(v => v.Length > 0).Min(v => v[0]), sorted.Where(v => v.Length > 0).Max(v => v[^1]), EdfPoints);
        var traces = studies.Zip(sorted, (s, v) => new Scatter
        {
            X = at,
            Y = Array.ConvertAll(at, a => (double)CountUpTo(v, a) / v.Length),
            Mode = "lines",
            Name = PlotText.Escape(s.Name),
        });
        return new Figure([.. traces], Layout.Of(title, x, y with { Range = new[] { 0.0, 1 } }));
    }

    /// <summary>So many numbers at equal distances, both ends included.</summary>
    internal static double[] Linspace(double from, double to, int count)
    {
        var step = (to - from) / (count - 1);
        return [.. Enumerable.Range(0, count).Select(i => i == count - 1 ? to : from + (i * step))];
    }

    private static int CountUpTo(double[] sorted, double value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (sorted[middle] <= value)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
