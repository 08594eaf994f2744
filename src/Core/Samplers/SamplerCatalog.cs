using Optuna.Samplers.Auto;
using Optuna.Samplers.BruteForce;
using Optuna.Samplers.CmaEs;
using Optuna.Samplers.Gp;
using Optuna.Samplers.Grid;
using Optuna.Samplers.Nsga;
using Optuna.Samplers.PartialFixed;
using Optuna.Samplers.Qmc;
using Optuna.Samplers.Tpe;
using Optuna.Studies;

namespace Optuna.Samplers;

/// <summary>Samplers by name, with Optuna's option names: what a study stores.</summary>
public static class SamplerCatalog
{
    private static readonly Dictionary<string, Func<ComponentOptions, ISampler>> Makers = new(StringComparer.Ordinal)
    {
        ["random"] = _ => new RandomSampler(),
        ["gp"] = o => new GpSampler(GpOptionsJson.Read(o)),
        ["qmc"] = o => new QmcSampler(QmcOptionsJson.Read(o)),
        ["tpe"] = o => new TpeSampler(TpeOptions(o)),
        ["auto"] = o => new AutoSampler(new AutoOptions { GpTrials = o.Int("n_gp_trials", 250), GpParameters = o.Int("n_gp_params", 40) }),
        ["cmaes"] = o => new CmaEsSampler(CmaEsOptionsJson.Read(o)),
        ["nsgaii"] = o => new NsgaIISampler(NsgaOptionsJson.Read(o)),
        ["nsgaiii"] = o => new NsgaIIISampler(NsgaOptionsJson.ReadIII(o)),
        ["grid"] = o => new GridSampler(GridSpace(o), GridSeed(o)),
        ["brute_force"] = o => new BruteForceSampler(o.Flag("avoid_premature_stop", false)),
        ["partial_fixed"] = o => new PartialFixedSampler(
            o.Object("fixed_params") ?? throw new ArgumentException("'partial_fixed' needs the option 'fixed_params'."),
            Make(o.Component("base_sampler") ?? throw new ArgumentException("'partial_fixed' needs the option 'base_sampler'."))),
    };

    public static IEnumerable<string> Names => Makers.Keys;

    /// <summary>What a study gets whose creator names none: TPE.</summary>
    public static ComponentSpec Default => new("tpe");

    /// <param name="objectives">How many the study has.</param>
    /// <exception cref="ArgumentException">No sampler of that name, an unknown option, a value out of range, or not a sampler for so many objectives.</exception>
    public static ISampler Create(ComponentSpec spec, int objectives = 1)
    {
        var sampler = Make(spec);
        sampler.CheckObjectives(objectives);
        return sampler;
    }

    private static ISampler Make(ComponentSpec spec)
    {
        if (!Makers.TryGetValue(spec.Name, out var make))
            throw new ArgumentException($"There is no sampler '{spec.Name}'; there are {string.Join(", ", Names)}.");
        var options = new ComponentOptions(spec);
        var sampler = make(options);
        options.Done();
        return sampler;
    }

    private static IEnumerable<KeyValuePair<string, IReadOnlyList<object?>>> GridSpace(ComponentOptions o) =>
        (o.Object("search_space") ?? throw new ArgumentException("'grid' needs the option 'search_space'.")).Select(p => KeyValuePair.Create(
            p.Key, p.Value as IReadOnlyList<object?> ?? throw new ArgumentException($"'search_space' of 'grid' must give a list of values for '{p.Key}'.")));

    private static uint GridSeed(ComponentOptions o)
    {
        var seed = o.Int("seed", 0);
        return seed >= 0 ? (uint)seed : throw new ArgumentException($"'seed' of 'grid' must be at least 0 (it is {seed}).");
    }

    private static TpeOptions TpeOptions(ComponentOptions o)
    {
        // The prior has been there in any case since Optuna 4.3, which still takes the option.
        o.Flag("consider_prior", true);
        return new TpeOptions
        {
            StartupTrials = o.Int("n_startup_trials", 10),
            EiCandidates = o.Int("n_ei_candidates", 24),
            Multivariate = o.OptionalFlag("multivariate"),
            Group = o.Flag("group", false),
            ConstantLiar = o.Flag("constant_liar", true),
            PriorWeight = o.Number("prior_weight", 1),
            MagicClip = o.Flag("consider_magic_clip", true),
            Endpoints = o.Flag("consider_endpoints", false),
        };
    }
}
