using Optuna.Trials;

namespace Optuna.Cli.Optimize;

/// <summary>How the trials ended that one call evaluated.</summary>
internal readonly record struct Tally(int Complete, int Pruned, int Failed)
{
    public int Total => Complete + Pruned + Failed;

    public Tally With(TrialState state) => state switch
    {
        TrialState.Complete => this with { Complete = Complete + 1 },
        TrialState.Pruned => this with { Pruned = Pruned + 1 },
        TrialState.Fail => this with { Failed = Failed + 1 },
        // Given to somebody else meanwhile.
        _ => this,
    };

    public override string ToString() => $"{Complete} complete, {Pruned} pruned, {Failed} failed";
}
