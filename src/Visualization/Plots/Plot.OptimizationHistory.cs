using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Visualization;

/// <summary>Optuna's plots, each as a <see cref="Figure"/>. A figure is drawn from what was read of a study; nothing is asked for again.</summary>
public static partial class Plot
{
    /// <summary>Value of every trial, and the best value so far.</summary>
    /// <param name="target">What to show instead of the objective's value; with several objectives it must be given. There is no best line then.</param>
    /// <param name="targetName">Title of the vertical axis.</param>
    /// <exception cref="ArgumentException"><paramref name="target"/> is missing.</exception>
    public static Figure OptimizationHistory(
        PlotStudy study, Func<FrozenTrial, double>? target = null, string targetName = Target.DefaultName) =>
        OptimizationHistory([study], target, targetName);

    /// <summary>Several studies side by side.</summary>
    /// <param name="errorBar">Mean and standard deviation over the studies, by trial number, of feasible trials only.</param>
    /// <inheritdoc cref="OptimizationHistory(PlotStudy, Func{FrozenTrial, double}?, string)"/>
    public static Figure OptimizationHistory(
        IReadOnlyList<PlotStudy> studies, Func<FrozenTrial, double>? target = null, string targetName = Target.DefaultName, bool errorBar = false)
    {
        ArgumentNullException.ThrowIfNull(studies);
        var shown = Target.Of(target, studies);
        var layout = Layout.Of("Optimization History Plot", new Axis { Title = "Trial" }, new Axis { Title = PlotText.Escape(targetName) });
        var histories = studies.Select(s => History.Of(s, shown)).ToList();
        if (!histories.Exists(h => h.Any))
            return new Figure([], layout);
        if (errorBar)
            return HistoryBands.Draw(histories, PlotText.Escape(targetName), layout, withBest: !shown.IsCustom);

        var traces = new List<Trace>();
        var (drawn, total) = (0, 0);
        foreach (var history in histories)
        {
            var suffix = histories.Count == 1 ? "" : $" of {PlotText.Escape(history.Name)}";
            var kept = Downsampling.Keep(history.Values.Length, Downsampling.MaxPoints / histories.Count, i => history.Values[i]);
            (drawn, total) = (drawn + kept.Length, total + history.Values.Length);
            traces.Add(Points(history, kept.Where(i => history.Feasible[i] == true), PlotText.Escape(targetName) + suffix));
            if (history.Best is { } best)
            {
                traces.Add(new Scatter
                {
                    X = PlotValues.Of(kept),
                    Y = PlotValues.Of(kept.Select(i => best[i])),
                    Mode = "lines",
                    Name = "Best Value" + suffix,
                });
            }

            traces.Add(Points(history, kept.Where(i => history.Feasible[i] == false), "Infeasible Trial") with
            {
                Marker = new Marker { Color = Constraints.Grey },
                ShowLegend = false,
            });
        }

        return new Figure(traces, layout with { Annotations = Notes(Downsampling.Note(drawn, total)) });
    }

    /// <summary>Remarks for a layout; null when there are none.</summary>
    private static IReadOnlyList<Annotation>? Notes(Annotation? note) => note is null ? null : [note];

    private static Scatter Points(History history, IEnumerable<int> trials, string name)
    {
        var numbers = trials.ToArray();
        return new Scatter { X = PlotValues.Of(numbers), Y = PlotValues.Of(numbers.Select(i => history.Values[i])), Mode = "markers", Name = name };
    }
}

/// <summary>Values of one study by trial number.</summary>
/// <param name="Values">NaN where the trial is not complete.</param>
/// <param name="Feasible">Null where the trial is not complete.</param>
/// <param name="Best">The best feasible value so far, infinite before the first; null when nobody knows what is better.</param>
internal sealed record History(string Name, double[] Values, bool?[] Feasible, double[]? Best)
{
    internal bool Any => Array.Exists(Feasible, f => f is not null);

    internal static History Of(PlotStudy study, Target target)
    {
        var count = study.Trials.IsEmpty ? 0 : study.Trials[^1].Number + 1;
        var (values, feasible) = (new double[count], new bool?[count]);
        Array.Fill(values, double.NaN);
        foreach (var trial in study.Trials.Where(study.IsComplete))
            (values[trial.Number], feasible[trial.Number]) = (target.Value(trial), Constraints.IsFeasible(trial));
        if (target.IsCustom)
            return new History(study.Name, values, feasible, null);

        var (sign, so) = (study.Directions[0] == StudyDirection.Minimize ? 1 : -1, double.PositiveInfinity);
        var best = new double[count];
        for (var i = 0; i < count; i++)
            best[i] = sign * (so = feasible[i] == true ? Math.Min(so, sign * values[i]) : so);
        return new History(study.Name, values, feasible, best);
    }
}
