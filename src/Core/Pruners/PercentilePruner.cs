using Optuna.Studies;
using Optuna.Studies.State;

namespace Optuna.Pruners;

/// <summary>When a percentile pruner speaks.</summary>
public record PercentilePrunerOptions
{
    /// <summary>Never prune before so many trials are complete.</summary>
    /// <value>Default 5; at least 0.</value>
    public int StartupTrials { get; init; } = 5;

    /// <summary>Never prune before this step.</summary>
    /// <value>Default 0; at least 0.</value>
    public long WarmupSteps { get; init; }

    /// <summary>Look only at the first report of every so many steps, counted from the warm-up.</summary>
    /// <value>Default 1; at least 1.</value>
    public long IntervalSteps { get; init; } = 1;

    /// <summary>Never prune at a step that fewer complete trials have reported.</summary>
    /// <value>Default 1; at least 1.</value>
    public int MinTrials { get; init; } = 1;

    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    internal ReportInterval Interval()
    {
        OptionRange.AtLeast("n_startup_trials", 0, StartupTrials);
        OptionRange.AtLeast("n_min_trials", 1, MinTrials);
        return new ReportInterval(WarmupSteps, IntervalSteps);
    }
}

/// <summary>Prunes a trial whose best report so far is worse than a percentile of what complete trials had reported at the same step.</summary>
/// <remarks>Costs O(√trials) per report: the values of every step are kept in order. Pruned trials are not compared with.</remarks>
public sealed class PercentilePruner : IPruner
{
    private readonly double _percentile;
    private readonly PercentilePrunerOptions _options;
    private readonly ReportInterval _interval;

    /// <param name="percentile">0 to 100: the share of trials, in percent, that is kept at a step.</param>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public PercentilePruner(double percentile, PercentilePrunerOptions? options = null)
    {
        _options = options ?? new PercentilePrunerOptions();
        if (!(percentile is >= 0 and <= 100))
            throw new ArgumentException($"'percentile' must lie between 0 and 100 (it is {percentile}).");
        _interval = _options.Interval();
        _percentile = percentile;
    }

    public bool ShouldPrune(PruningContext context)
    {
        if (context.CompleteCount == 0 || context.CompleteCount < _options.StartupTrials)
            return false;
        if (!_interval.Speaks(context))
            return false;

        var best = context.Best;
        if (double.IsNaN(best))
            return true;
        var others = context.CompleteAt(context.LastStep);
        if (others.Count < _options.MinTrials)
            return false;
        var minimize = context.Direction == StudyDirection.Minimize;
        var limit = Percentile(others, minimize ? _percentile : 100 - _percentile);
        return minimize ? best > limit : best < limit;
    }

    /// <summary>Linear interpolation between the two nearest ranks, NaN left out; NaN when there is no number.</summary>
    private static double Percentile(SortedValues values, double percent)
    {
        if (values.NumberCount == 0)
            return double.NaN;
        var rank = percent / 100 * (values.NumberCount - 1);
        var below = (int)Math.Floor(rank);
        var (a, b) = (values[below], values[Math.Min(below + 1, values.NumberCount - 1)]);
        var t = rank - below;
        // From the nearer end, as NumPy interpolates; next to an infinity that may be NaN, and then nothing is pruned.
        return t >= 0.5 ? b - (b - a) * (1 - t) : a + (b - a) * t;
    }
}
