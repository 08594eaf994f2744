namespace Optuna.Pruners;

/// <summary>What values a <see cref="ThresholdPruner"/> lets pass, and when it looks.</summary>
/// <remarks>A value out of range is an <see cref="ArgumentException"/> that names the option as Optuna does.</remarks>
public sealed record ThresholdPrunerOptions
{
    /// <summary>A smaller value is pruned.</summary>
    /// <value>Default null: none. One of the two is needed.</value>
    public double? Lower { get; init; }

    /// <summary>A larger value is pruned.</summary>
    /// <value>Default null: none. At least <see cref="Lower"/>.</value>
    public double? Upper { get; init; }

    /// <summary>Never prune before this step.</summary>
    /// <value>Default 0; at least 0.</value>
    public long WarmupSteps { get; init; }

    /// <summary>Look only at the first report of every so many steps, counted from the warm-up.</summary>
    /// <value>Default 1; at least 1.</value>
    public long IntervalSteps { get; init; } = 1;
}
