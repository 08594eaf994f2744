namespace Optuna.Importance;

/// <summary>Between which parts of the trials <see cref="PedAnovaImportanceEvaluator"/> looks for a difference. The defaults are those of Optuna 5.</summary>
public sealed record PedAnovaOptions
{
    /// <summary>γ′: importances are those for being among the best trials, this share of all.</summary>
    /// <value>Default 0.1; above 0, below <see cref="RegionQuantile"/>.</value>
    public double TargetQuantile { get; init; } = 0.1;

    /// <summary>γ: only the best trials, this share of all, are looked at.</summary>
    /// <value>Default 1; at most 1.</value>
    public double RegionQuantile { get; init; } = 1;

    /// <summary>Compare with where the study has looked; false: with the whole space, as if it had looked everywhere alike.</summary>
    /// <value>Default true.</value>
    public bool EvaluateOnLocal { get; init; } = true;
}
