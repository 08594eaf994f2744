namespace Optuna.Samplers.Tpe;

/// <summary>How a <see cref="TpeSampler"/> works. The defaults are those of Optuna 5.</summary>
/// <remarks>A value out of range is an <see cref="ArgumentException"/> that names the option as Optuna does.</remarks>
public sealed record TpeOptions
{
    public static readonly TpeOptions Default = new();

    /// <summary>So many complete and pruned trials are waited for, drawing at random meanwhile.</summary>
    /// <value>0 or more.</value>
    public int StartupTrials { get; init => field = OptionRange.AtLeast(0, value, "n_startup_trials"); } = 10;

    /// <summary>How many points are drawn from the good trials' density to choose from.</summary>
    /// <value>1 or more.</value>
    public int EiCandidates { get; init => field = OptionRange.AtLeast(1, value, "n_ei_candidates"); } = 24;

    /// <summary>Draw parameters together that all trials have; null: with one objective, or with <see cref="Group"/>.</summary>
    public bool? Multivariate { get; init; }

    /// <summary>Draw parameters together that occur only together, one such group after the other. Needs multivariate sampling.</summary>
    public bool Group { get; init; }

    /// <summary>Count running trials as poor, so that trials that run at once do not crowd one place.</summary>
    public bool ConstantLiar { get; init; } = true;

    /// <summary>Weight of the kernel that covers the whole range, where a trial of full weight has 1.</summary>
    /// <value>0 or more, finite.</value>
    public double PriorWeight
    {
        get;
        init => field = value >= 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentException($"prior_weight must be a number of 0 or more, but it is {value:R}.");
    } = 1;

    /// <summary>Keep kernels from becoming narrower than a share of the range that falls with their number.</summary>
    public bool MagicClip { get; init; } = true;

    /// <summary>Let the outermost kernels reach to the ends of the range.</summary>
    public bool Endpoints { get; init; }

    /// <summary>From the number of complete and pruned trials to how many of them count as good; null: a tenth, at most 25.</summary>
    public Func<int, int>? Gamma { get; init; }

    /// <summary>From a number of trials to their weights, oldest first; null: 1 for the newest 25, falling linearly before them.</summary>
    public Func<int, IReadOnlyList<double>>? Weights { get; init; }

    internal ParzenOptions Parzen => new()
    {
        PriorWeight = PriorWeight, MagicClip = MagicClip, Endpoints = Endpoints, Weights = Weights,
    };
}
