using Optuna.Trials;

namespace Optuna.Samplers.CmaEs;

/// <summary>How a <see cref="CmaEsSampler"/> works. The defaults are those of Optuna 5.</summary>
/// <remarks>A value out of range is an <see cref="ArgumentException"/> that names the option as Optuna does.</remarks>
public sealed record CmaEsOptions
{
    public static readonly CmaEsOptions Default = new();

    /// <summary>So many trials are waited for, drawing at random meanwhile.</summary>
    /// <value>0 or more. A first complete trial is needed in any case: it tells the space.</value>
    public int StartupTrials { get; init => field = OptionRange.AtLeast(0, value, "n_startup_trials"); } = 1;

    /// <summary>Draws parameters outside the joint space (categorical or conditional ones); null: uniformly.</summary>
    public ISampler? IndependentSampler { get; init; }

    /// <summary>Say so whenever a parameter is drawn on its own.</summary>
    public bool WarnIndependentSampling { get; init; } = true;

    /// <summary>Learn from pruned trials too, by their last report. Best with Hyperband, not with the median pruner.</summary>
    public bool ConsiderPrunedTrials { get; init; }

    /// <summary>Solutions per generation; null: 4 + ⌊3 ln d⌋ for d parameters.</summary>
    /// <value>2 or more.</value>
    public int? PopulationSize
    {
        get;
        init => field = value is { } size ? OptionRange.AtLeast(2, size, "popsize") : null;
    }

    /// <summary>Learn no correlations: faster learning where parameters do not interact, and linear cost in their number.</summary>
    public bool UseSeparableCma { get; init; }

    /// <summary>Keep stepped parameters from freezing on one value: CMA-ES with margin.</summary>
    public bool WithMargin { get; init; }

    /// <summary>Adapt the learning rates, for multimodal or noisy objectives.</summary>
    public bool LearningRateAdaptation { get; init; }

    /// <summary>Trials of a similar task to start from; ten or more with exactly the parameters of the joint space.</summary>
    public IReadOnlyList<FrozenTrial>? SourceTrials { get; init; }

    /// <summary>Source trials may have further parameters, and where too few of them fit there are none.</summary>
    internal bool SourceIsHint { get; init; }

    /// <summary>Deprecated by Optuna. The first mean, by parameter; null: the middle of every range.</summary>
    public IReadOnlyDictionary<string, object?>? X0 { get; init; }

    /// <summary>Deprecated by Optuna. The first standard deviation, as a share of every range; null: a sixth.</summary>
    /// <value>Above 0, finite.</value>
    public double? Sigma0
    {
        get;
        init => field = value is null || (value > 0 && double.IsFinite(value.Value))
            ? value
            : throw new ArgumentException($"sigma0 must be a number above 0, but it is {value:R}.");
    }

    /// <summary>Deprecated by Optuna, which takes and ignores it.</summary>
    public string? RestartStrategy { get; init; }

    /// <summary>Deprecated by Optuna, which takes and ignores it.</summary>
    public int IncreasedPopulationSize { get; init; } = -1;

    /// <summary>What Optuna puts before its attribute names.</summary>
    internal string Prefix => UseSeparableCma ? "sepcma:" : WithMargin ? "cmawm:" : "cma:";

    /// <exception cref="ArgumentException">Two options that exclude one another.</exception>
    internal CmaEsOptions Checked()
    {
        if (SourceTrials is not null && (X0 is not null || Sigma0 is not null))
            throw new ArgumentException("CmaEsSampler: 'source_trials' cannot be given together with 'x0' or 'sigma0'.");
        if (SourceTrials is not null && UseSeparableCma)
            throw new ArgumentException("CmaEsSampler: 'source_trials' cannot be given together with 'use_separable_cma'.");
        if (LearningRateAdaptation && (UseSeparableCma || WithMargin))
            throw new ArgumentException("CmaEsSampler: 'lr_adapt' cannot be given together with 'use_separable_cma' or 'with_margin'.");
        if (UseSeparableCma && WithMargin)
            throw new ArgumentException("CmaEsSampler: 'use_separable_cma' cannot be given together with 'with_margin'.");
        return this;
    }

    internal IEnumerable<string> Deprecated()
    {
        if (RestartStrategy is not null || IncreasedPopulationSize != -1)
            yield return "CmaEsSampler: 'restart_strategy' and 'inc_popsize' are deprecated and have no effect.";
        if (X0 is not null)
            yield return "CmaEsSampler: 'x0' is deprecated.";
        if (Sigma0 is not null)
            yield return "CmaEsSampler: 'sigma0' is deprecated.";
    }
}
