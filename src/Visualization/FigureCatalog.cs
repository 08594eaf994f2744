using Optuna.Importance;
using Optuna.Studies;
using Optuna.Terminators;
using Optuna.Trials;

namespace Optuna.Visualization;

/// <summary>What may be asked of a figure by name; null for the plot's default.</summary>
public sealed record FigureOptions
{
    /// <summary>Which objective, from 0: for plots that show one value per trial.</summary>
    public int? Target { get; init; }

    /// <summary>Names of parameters.</summary>
    public IReadOnlyList<string>? Params { get; init; }

    public int? NRecentTrials { get; init; }

    /// <summary>One number per objective; null for the worst values the study has.</summary>
    public IReadOnlyList<double>? ReferencePoint { get; init; }

    /// <summary>Of importances (<see cref="ImportanceCatalog"/>) or of improvement: <c>regret_bound</c>, <c>emmr</c> or <c>best_value_stagnation</c>.</summary>
    public string? Evaluator { get; init; }

    public bool? ErrorBar { get; init; }

    /// <summary>Studies to show beside this one.</summary>
    public IReadOnlyList<PlotStudy>? Compare { get; init; }
}

/// <summary>Figures by name: what a command line or a page asks for.</summary>
public static class FigureCatalog
{
    private static readonly OrderedDictionary<string, (string[] Options, Func<Request, Figure> Draw)> Kinds = new(StringComparer.Ordinal)
    {
        ["optimization_history"] = (["target", "error_bar", "compare"], r => Plot.OptimizationHistory(r.Studies, r.Objective, r.TargetName, r.Options.ErrorBar ?? false)),
        ["intermediate_values"] = ([], r => Plot.IntermediateValues(r.Study)),
        ["parallel_coordinate"] = (["target", "params"], r => Plot.ParallelCoordinate(r.Study, r.Options.Params, r.Objective, r.TargetName)),
        ["contour"] = (["target", "params"], r => Plot.Contour(r.Study, r.Options.Params, r.Objective, r.TargetName)),
        ["slice"] = (["target", "params"], r => Plot.Slice(r.Study, r.Options.Params, r.Objective, r.TargetName)),
        ["rank"] = (["target", "params"], r => Plot.Rank(r.Study, r.Options.Params, r.Objective, r.TargetName)),
        ["param_importances"] = (["target", "params", "evaluator"], r => Plot.ParamImportances(r.Study, r.Importance, r.Options.Params, r.Objective, r.TargetName)),
        ["edf"] = (["target", "compare"], r => Plot.Edf(r.Studies, r.Objective, r.TargetName)),
        ["pareto_front"] = ([], r => Plot.ParetoFront(r.Study)),
        ["hypervolume_history"] = (["reference_point"], r => Plot.HypervolumeHistory(r.Study, r.Options.ReferencePoint ?? r.Worst)),
        ["timeline"] = (["n_recent_trials"], r => Plot.Timeline(r.Study, r.Now, r.Options.NRecentTrials)),
        ["terminator_improvement"] = (["evaluator"], r => Plot.TerminatorImprovement(r.Study, improvement: r.Improvement, cancellationToken: r.Cancellation)),
    };

    public static IEnumerable<string> Names => Kinds.Keys;

    /// <param name="now">Where the bars of running trials end in a timeline.</param>
    /// <exception cref="ArgumentException">No figure of that name, an option it does not have, or a value out of range; the message names it.</exception>
    /// <exception cref="InvalidOperationException">The study's values do not allow what was asked for.</exception>
    public static Figure Draw(string kind, PlotStudy study, FigureOptions? options, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(study);
        options ??= new FigureOptions();
        if (kind is null || !Kinds.TryGetValue(kind, out var found))
            throw new ArgumentException($"There is no figure '{kind}'; there are {string.Join(", ", Names)}.", nameof(kind));
        if (Given(options).FirstOrDefault(o => !found.Options.Contains(o)) is { } unread)
            throw new ArgumentException($"'{unread}' is no option of the figure '{kind}'.", nameof(options));
        if (options.Target is { } target && (target < 0 || target >= study.Directions.Length))
            throw new ArgumentException($"'target' must be the number of an objective, from 0 to {study.Directions.Length - 1} (it is {target}).", nameof(options));
        return found.Draw(new Request(study, options, now, cancellationToken));
    }

    private static IEnumerable<string> Given(FigureOptions o) => new (string Name, object? Value)[]
    {
        ("target", o.Target), ("params", o.Params), ("n_recent_trials", o.NRecentTrials), ("reference_point", o.ReferencePoint),
        ("evaluator", o.Evaluator), ("error_bar", o.ErrorBar), ("compare", o.Compare),
    }.Where(p => p.Value is not null).Select(p => p.Name);

    private sealed record Request(PlotStudy Study, FigureOptions Options, DateTimeOffset Now, CancellationToken Cancellation)
    {
        internal IReadOnlyList<PlotStudy> Studies => [Study, .. Options.Compare ?? []];

        // The only objective needs no target, and has a best value only without one.
        internal Func<FrozenTrial, double>? Objective => Options.Target is { } k && Study.IsMultiObjective ? t => t.Values[k] : null;

        internal string TargetName => Options.Target is { } k && Study.IsMultiObjective ? Study.ObjectiveName(k)
            : !Study.IsMultiObjective && !Study.MetricNames.IsEmpty ? Study.MetricNames[0]
            : Visualization.Target.DefaultName;

        internal IImportanceEvaluator? Importance => Options.Evaluator is { } name ? ImportanceCatalog.Create(new ComponentSpec(name)) : null;

        internal IImprovementEvaluator? Improvement => Options.Evaluator switch
        {
            null or "regret_bound" => null,
            "emmr" => new EmmrEvaluator(),
            "best_value_stagnation" => new BestValueStagnationEvaluator(),
            var other => throw new ArgumentException($"There is no improvement evaluator '{other}'; there are regret_bound, emmr, best_value_stagnation."),
        };

        internal IReadOnlyList<double> Worst
        {
            get
            {
                var finite = Study.Complete().FindAll(t => t.Values.All(double.IsFinite));
                return [.. Study.Directions.Select((d, k) => finite.Select(t => t.Values[k]).DefaultIfEmpty(0) is var all && d == StudyDirection.Minimize ? all.Max() : all.Min())];
            }
        }
    }
}
