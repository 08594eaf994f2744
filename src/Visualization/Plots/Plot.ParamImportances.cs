using System.Globalization;
using Optuna.Importance;
using Optuna.Trials;

namespace Optuna.Visualization;

/// <content>Which parameters matter.</content>
public static partial class Plot
{
    /// <summary>A bar per parameter, the most important on top; with several objectives and no target a set of bars for each of them.</summary>
    /// <param name="evaluator">Null: PED-ANOVA.</param>
    /// <param name="params">Names to assess; null for all the evaluator can.</param>
    /// <param name="target">What to explain instead of the objectives.</param>
    /// <param name="targetName">Name of the bars; the objectives' own names, where they have any, go before it.</param>
    /// <exception cref="ArgumentException">A parameter that cannot be assessed.</exception>
    /// <exception cref="InvalidOperationException">fANOVA: the value is the same everywhere.</exception>
    public static Figure ParamImportances(
        PlotStudy study, IImportanceEvaluator? evaluator = null, IReadOnlyList<string>? @params = null,
        Func<FrozenTrial, double>? target = null, string targetName = Target.DefaultName)
    {
        ArgumentNullException.ThrowIfNull(study);
        IEnumerable<(string Name, Func<FrozenTrial, double>? Explain)> shown = [(target is null && !study.MetricNames.IsEmpty ? study.MetricNames[0] : targetName, target)];
        if (target is null && study.IsMultiObjective)
            shown = study.Directions.Select((_, k) => (study.MetricNames.IsEmpty ? $"{targetName} {k}" : study.MetricNames[k], ObjectiveOf(k)));
        var bars = shown.Select(s => ImportanceBars(study, evaluator, @params, s.Explain, s.Name)).OfType<Bar>().ToList();
        return new Figure(
            [.. bars], Layout.Of("Hyperparameter Importances", new Axis { Title = "Hyperparameter Importance" }, new Axis { Title = "Hyperparameter" }));
    }

    private static Func<FrozenTrial, double>? ObjectiveOf(int k) => t => t.Values[k];

    private static Bar? ImportanceBars(
        PlotStudy study, IImportanceEvaluator? evaluator, IReadOnlyList<string>? @params, Func<FrozenTrial, double>? target, string name)
    {
        if (Target.Of(target, study).Finite(study).Count == 0)
            return null;
        var trials = CompletedTrials.Of(study.Summary, study.Trials, target);
        // The first bar is drawn at the bottom.
        var found = Importance.ParamImportances.Of(trials, evaluator, @params, normalize: true).Reverse().ToList();
        return found.Count == 0 ? null : new Bar
        {
            X = PlotValues.Of(found.Select(f => f.Value)),
            Y = PlotValues.Of(found.Select(f => PlotText.Escape(f.Key))),
            Name = PlotText.Escape(name),
            Orientation = "h",
            Text = PlotValues.Of(found.Select(f => f.Value < 0.01 ? "<0.01" : f.Value.ToString("F2", CultureInfo.InvariantCulture))),
            TextPosition = "outside",
            ClipOnAxis = false,
            HoverTemplate = "%{hovertext}<extra></extra>",
            HoverText = PlotValues.Of(found.Select(f => $"{PlotText.Escape(f.Key)} ({KindOf(study, f.Key)}): {PlotText.Repr(f.Value)}")),
        };
    }

    private static string? KindOf(PlotStudy study, string param) =>
        study.Trials.Select(t => t.FindParam(param)).First(p => p is not null)!.Value.Distribution.GetType().Name;
}
