using Optuna.Distributions;
using Optuna.Json;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Samplers.CmaEs;

/// <summary>Reads <see cref="CmaEsOptions"/> by Optuna's option names.</summary>
/// <remarks><c>source_trials</c> is a list of objects <c>{"params": {"x": 0.5, …}, "value": 1.25}</c>; <c>independent_sampler</c> a sampler's name, or an object with name and options.</remarks>
internal static class CmaEsOptionsJson
{
    internal static CmaEsOptions Read(ComponentOptions o) => new()
    {
        StartupTrials = o.Int("n_startup_trials", 1),
        IndependentSampler = o.Component("independent_sampler") is { } sampler ? SamplerCatalog.Create(sampler) : null,
        WarnIndependentSampling = o.Flag("warn_independent_sampling", true),
        ConsiderPrunedTrials = o.Flag("consider_pruned_trials", false),
        PopulationSize = o.OptionalInt("popsize"),
        UseSeparableCma = o.Flag("use_separable_cma", false),
        WithMargin = o.Flag("with_margin", false),
        LearningRateAdaptation = o.Flag("lr_adapt", false),
        SourceTrials = o.List("source_trials")?.Select(Trial).ToList(),
        X0 = o.Object("x0"),
        Sigma0 = o.OptionalNumber("sigma0"),
        RestartStrategy = o.Text("restart_strategy"),
        IncreasedPopulationSize = o.Int("inc_popsize", -1),
    };

    private static FrozenTrial Trial(object? item, int index)
    {
        if (item is not Dictionary<string, object?> trial || trial.Count != 2 ||
            trial.GetValueOrDefault("params") is not Dictionary<string, object?> parameters || Number(trial.GetValueOrDefault("value")) is not { } value)
            throw new ArgumentException($"source_trials[{index}] must be an object with 'params' and 'value', a number; it is {PythonJson.Write(item)}.");
        return new FrozenTrial
        {
            State = TrialState.Complete,
            Values = [value],
            ParamList = [.. parameters.Select(p => Number(p.Value) is { } number
                ? new TrialParam(p.Key, new FloatDistribution(number, number), number)
                : new TrialParam(p.Key, new CategoricalDistribution([p.Value]), 0))],
        };
    }

    private static double? Number(object? value) => value switch
    {
        double d => d,
        long l => l,
        _ => null,
    };
}
