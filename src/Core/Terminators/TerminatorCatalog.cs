using Optuna.Studies;

namespace Optuna.Terminators;

/// <summary>Terminators by name, with Optuna's option names: what a study stores as its rule for when to stop.</summary>
/// <remarks>
/// A rule is named after what judges the improvement. Each takes <c>min_n_trials</c> of complete trials before the study is judged, and
/// <c>error</c>: a number (a constant error), <c>"cross_validation"</c>, or <c>{"name": "median", "options": {…}}</c>.
/// </remarks>
public static class TerminatorCatalog
{
    private static readonly Dictionary<string, Func<ComponentOptions, IImprovementEvaluator>> Makers = new(StringComparer.Ordinal)
    {
        ["best_value_stagnation"] = o => new BestValueStagnationEvaluator(o.Int("max_stagnation_trials", 30)),
        ["regret_bound"] = o => new RegretBoundEvaluator(o.Number("top_trials_ratio", 0.5), seed: o.Seed("seed")),
        ["emmr"] = o => new EmmrEvaluator(o.Flag("deterministic_objective", false), o.Number("delta", 0.1), seed: o.Seed("seed")),
    };

    public static IEnumerable<string> Names => Makers.Keys;

    /// <param name="objectives">How many the study has.</param>
    /// <exception cref="ArgumentException">No terminator of that name, an unknown option, a value out of range, or several objectives.</exception>
    public static ITerminator Create(ComponentSpec spec, int objectives = 1)
    {
        if (!Makers.TryGetValue(spec.Name, out var make))
            throw new ArgumentException($"There is no terminator '{spec.Name}'; there are {string.Join(", ", Names)}.");
        if (objectives != 1)
            throw new ArgumentException($"A terminator works with one objective, but the study has {objectives}.");
        var options = new ComponentOptions(spec);
        var improvement = make(options);
        var terminator = new Terminator(improvement, Error(options, improvement), options.Int("min_n_trials", Terminator.DefaultMinTrials));
        options.Done();
        return terminator;
    }

    private static IErrorEvaluator? Error(ComponentOptions options, IImprovementEvaluator improvement)
    {
        if (options.NumberOrNothing("error") is { } constant)
            return new StaticErrorEvaluator(constant);
        if (options.Component("error") is not { } named)
            return null;
        var own = new ComponentOptions(named);
        IErrorEvaluator error = named.Name switch
        {
            "cross_validation" => new CrossValidationErrorEvaluator(),
            "median" => new MedianErrorEvaluator(
                improvement, own.Int("warm_up_trials", 10), own.Int("n_initial_trials", 20), own.Number("threshold_ratio", 0.01)),
            _ => throw new ArgumentException($"There is no error evaluator '{named.Name}'; there are cross_validation, median, and numbers."),
        };
        own.Done();
        return error;
    }
}
