namespace Optuna.Importance;

/// <summary>The random forest behind <see cref="FanovaImportanceEvaluator"/> and <see cref="MeanDecreaseImpurityImportanceEvaluator"/>. The defaults are those of Optuna 5.</summary>
public sealed record ForestOptions
{
    /// <value>Default 64; at least 1.</value>
    public int Trees { get; init; } = 64;

    /// <summary>No tree asks more questions than this before it answers.</summary>
    /// <value>Default 64; at least 1.</value>
    public int MaxDepth { get; init; } = 64;

    /// <summary>The same seed gives the same forest, on any number of threads.</summary>
    /// <value>Default null: the study's seed.</value>
    public ulong? Seed { get; init; }

    /// <exception cref="ArgumentException">An option out of range.</exception>
    internal ForestOptions Checked() =>
        Trees < 1 ? throw new ArgumentException($"'n_trees' must be at least 1 (it is {Trees}).")
        : MaxDepth < 1 ? throw new ArgumentException($"'max_depth' must be at least 1 (it is {MaxDepth}).")
        : this;
}
