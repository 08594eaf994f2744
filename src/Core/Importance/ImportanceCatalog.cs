using Optuna.Studies;

namespace Optuna.Importance;

/// <summary>Importance evaluators by name, with Optuna's option names: what a command line or a page asks for.</summary>
public static class ImportanceCatalog
{
    private static readonly Dictionary<string, Func<ComponentOptions, IImportanceEvaluator>> Makers = new(StringComparer.Ordinal)
    {
        ["ped_anova"] = o => new PedAnovaImportanceEvaluator(new PedAnovaOptions
        {
            TargetQuantile = o.Number("target_quantile", 0.1),
            RegionQuantile = o.Number("region_quantile", 1),
            EvaluateOnLocal = o.Flag("evaluate_on_local", true),
        }),
        ["fanova"] = o => new FanovaImportanceEvaluator(Forest(o)),
        ["mean_decrease_impurity"] = o => new MeanDecreaseImpurityImportanceEvaluator(Forest(o)),
    };

    /// <summary>Optuna's default.</summary>
    public static ComponentSpec Default { get; } = new("ped_anova");

    public static IEnumerable<string> Names => Makers.Keys;

    /// <exception cref="ArgumentException">No evaluator of that name, an unknown option, or a value out of range.</exception>
    public static IImportanceEvaluator Create(ComponentSpec spec)
    {
        if (!Makers.TryGetValue(spec.Name, out var make))
            throw new ArgumentException($"There is no importance evaluator '{spec.Name}'; there are {string.Join(", ", Names)}.");
        var options = new ComponentOptions(spec);
        var evaluator = make(options);
        options.Done();
        return evaluator;
    }

    private static ForestOptions Forest(ComponentOptions o) => new()
    {
        Trees = o.Int("n_trees", 64),
        MaxDepth = o.Int("max_depth", 64),
        Seed = o.Seed("seed"),
    };
}
