using Optuna.Studies;

namespace Optuna.Pruners;

/// <summary>Pruners by name, with Optuna's option names: what a study stores.</summary>
public static class PrunerCatalog
{
    private static readonly Dictionary<string, Func<ComponentOptions, IPruner>> Makers = new(StringComparer.Ordinal)
    {
        ["nop"] = _ => new NopPruner(),
        ["median"] = o => new MedianPruner(PercentileOptions(o)),
        ["percentile"] = o => new PercentilePruner(o.Number("percentile", 25), PercentileOptions(o)),
        ["successive_halving"] = o => new SuccessiveHalvingPruner(new SuccessiveHalvingOptions
        {
            MinResource = o.IntOrAuto("min_resource"),
            ReductionFactor = o.Int("reduction_factor", 4),
            MinEarlyStoppingRate = o.Int("min_early_stopping_rate", 0),
            BootstrapCount = o.Int("bootstrap_count", 0),
        }),
        ["hyperband"] = o => new HyperbandPruner(new HyperbandOptions
        {
            MinResource = o.Int("min_resource", 1),
            MaxResource = o.IntOrAuto("max_resource"),
            ReductionFactor = o.Int("reduction_factor", 3),
            BootstrapCount = o.Int("bootstrap_count", 0),
        }),
        ["threshold"] = o => new ThresholdPruner(new ThresholdPrunerOptions
        {
            Lower = o.OptionalNumber("lower"),
            Upper = o.OptionalNumber("upper"),
            WarmupSteps = o.Int("n_warmup_steps", 0),
            IntervalSteps = o.Int("interval_steps", 1),
        }),
        ["patient"] = o => new PatientPruner(
            o.Component("wrapped_pruner") is { } wrapped ? Create(wrapped) : null, o.RequiredInt("patience"), o.Number("min_delta", 0)),
        ["non_domination"] = o => new NonDominationPruner(
            (NonDominationPrunerOptions)PercentileOptions(o, new NonDominationPrunerOptions { DominatedShare = o.Number("dominated_share", 0.5) })),
        ["wilcoxon"] = o => new WilcoxonPruner(new WilcoxonPrunerOptions
        {
            PThreshold = o.Number("p_threshold", 0.1),
            StartupSteps = o.Int("n_startup_steps", 2),
        }),
    };

    /// <summary>Optuna's default.</summary>
    public static ComponentSpec Default { get; } = new("median");

    public static IEnumerable<string> Names => Makers.Keys;

    /// <exception cref="ArgumentException">No pruner of that name, an unknown option, or a value out of range.</exception>
    public static IPruner Create(ComponentSpec spec)
    {
        if (!Makers.TryGetValue(spec.Name, out var make))
            throw new ArgumentException($"There is no pruner '{spec.Name}'; there are {string.Join(", ", Names)}.");
        var options = new ComponentOptions(spec);
        var pruner = make(options);
        options.Done();
        return pruner;
    }

    // Whatever the options are of besides, they stay.
    private static PercentilePrunerOptions PercentileOptions(ComponentOptions o, PercentilePrunerOptions? options = null) => (options ?? new()) with
    {
        StartupTrials = o.Int("n_startup_trials", 5),
        WarmupSteps = o.Int("n_warmup_steps", 0),
        IntervalSteps = o.Int("interval_steps", 1),
        MinTrials = o.Int("n_min_trials", 1),
    };
}
