using Optuna.MultiObjective;
using Optuna.Studies;

namespace Optuna.Pruners;

/// <summary>When the non-domination pruner speaks, as the percentile pruner does, and whom it prunes.</summary>
public sealed record NonDominationPrunerOptions : PercentilePrunerOptions
{
    /// <summary>A trial is pruned when more than this share of those it is compared with dominates it.</summary>
    /// <value>Default 0.5; at least 0, less than 1.</value>
    public double DominatedShare { get; init; } = 0.5;
}

/// <summary>
/// Prunes a trial that too many complete trials dominated at the same step: nowhere worse and somewhere better. How many do is the rank of Fonseca and Fleming 1993
/// ("Genetic algorithms for multiobjective optimization", §3: 1 plus the number that dominate). For studies with several objectives, which Optuna cannot prune.
/// </summary>
/// <remarks>
/// A trial that is best in any one objective is never pruned, nor is one that trades objectives in a way no other did. With one objective and a share of one half it is the
/// median rule on the last report (the median pruner takes the best so far). A report costs at most one comparison per complete trial that reported at the step; it stops
/// as soon as the answer is clear.
/// </remarks>
public sealed class NonDominationPruner : IVectorPruner
{
    private readonly NonDominationPrunerOptions _options;
    private readonly ReportInterval _interval;

    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public NonDominationPruner(NonDominationPrunerOptions? options = null)
    {
        _options = options ?? new NonDominationPrunerOptions();
        if (!(_options.DominatedShare is >= 0 and < 1))
            throw new ArgumentException($"'dominated_share' must be at least 0 and less than 1 (it is {_options.DominatedShare}).");
        _interval = _options.Interval();
    }

    public bool ShouldPrune(PruningContext context)
    {
        if (context.CompleteCount == 0 || context.CompleteCount < _options.StartupTrials || !_interval.Speaks(context))
            return false;
        var value = context.Reports[context.LastStep];
        var others = context.CompleteAt(context.LastStep);
        if (others.Count < _options.MinTrials)
            return false;
        if (double.IsNaN(value))
            return true;
        // More than a share of all are strictly better: the one at that place in their order is.
        var place = (int)(_options.DominatedShare * others.NumberCount);
        if (place >= others.NumberCount)
            return false;
        return context.Direction == StudyDirection.Minimize ? others[place] < value : others[others.NumberCount - 1 - place] > value;
    }

    public bool ShouldPrune(VectorPruningContext context)
    {
        if (context.CompleteCount == 0 || context.CompleteCount < _options.StartupTrials || !_interval.Speaks(context.Step, context.StepBefore))
            return false;
        var others = context.CompleteHere;
        if (others.Count < _options.MinTrials)
            return false;
        if (context.IsNaN)
            return true;
        var losses = context.Losses.AsSpan();
        var allowed = (int)(_options.DominatedShare * others.Count);
        for (var (i, dominating) = (0, 0); i < others.Count && dominating + others.Count - i > allowed; i++)
        {
            if (Domination.Dominates(others[i], losses) && ++dominating > allowed)
                return true;
        }

        return false;
    }
}
