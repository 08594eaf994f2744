namespace Optuna.Pruners;

/// <summary>Prunes a trial whose best report so far is worse than the median of what complete trials had reported at the same step.</summary>
/// <exception cref="ArgumentException">An option is out of its range.</exception>
public sealed class MedianPruner(PercentilePrunerOptions? options = null) : IPruner
{
    private readonly PercentilePruner _pruner = new(50, options);

    public bool ShouldPrune(PruningContext context) => _pruner.ShouldPrune(context);
}
