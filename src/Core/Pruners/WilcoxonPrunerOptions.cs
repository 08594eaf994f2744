namespace Optuna.Pruners;

/// <summary>How sure a <see cref="WilcoxonPruner"/> must be. The defaults are those of Optuna 5.</summary>
public sealed record WilcoxonPrunerOptions
{
    /// <summary>Prune when a trial as good as the best one would look so poor more rarely than this.</summary>
    /// <value>Default 0.1; 0 to 1.</value>
    public double PThreshold { get; init; } = 0.1;

    /// <summary>Never prune with fewer steps in common with the best trial; 2 are needed in any case.</summary>
    /// <value>Default 2; at least 0.</value>
    public int StartupSteps { get; init; } = 2;
}
