using Optuna.Studies;
using Optuna.Terminators;

namespace Optuna.Visualization;

/// <content>What is still to be gained.</content>
public static partial class Plot
{
    /// <summary>An evaluator may fit a Gaussian process each time it is asked.</summary>
    private const int MaxEvaluations = 200;

    /// <summary>How much better the study might still have got, after each of its trials; pale before a terminator would have judged.</summary>
    /// <param name="study">Of one objective.</param>
    /// <param name="plotError">Also the error below which an improvement says nothing.</param>
    /// <param name="improvement">Null: <see cref="RegretBoundEvaluator"/>.</param>
    /// <param name="error">Null: of cross-validation; with <see cref="BestValueStagnationEvaluator"/> the constant 0.</param>
    /// <param name="minTrials">Trials before a terminator judges.</param>
    /// <remarks>Asked at no more than 200 trials, at equal distances; the figure says so. With a Gaussian process that takes a while.</remarks>
    /// <exception cref="ArgumentException">The study has several objectives.</exception>
    /// <exception cref="InvalidOperationException">An evaluator cannot judge the study; no cross-validation scores, for instance.</exception>
    public static Figure TerminatorImprovement(
        PlotStudy study, bool plotError = false, IImprovementEvaluator? improvement = null, IErrorEvaluator? error = null,
        int minTrials = Terminator.DefaultMinTrials, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(study);
        if (study.IsMultiObjective)
            throw new ArgumentException($"'study' must have one objective (it has {study.Directions.Length}): improvement is told of one value.", nameof(study));
        improvement ??= new RegretBoundEvaluator();
        error ??= improvement is BestValueStagnationEvaluator ? new StaticErrorEvaluator(0) : new CrossValidationErrorEvaluator();

        var layout = Layout.Of("Terminator Improvement Plot", new Axis { Title = "Trial" }, new Axis { Title = "Terminator Improvement" });
        var (points, total) = Improvements(study, improvement, plotError ? error : null, cancellationToken);
        if (points.Count == 0)
            return new Figure([], layout);

        layout.Axes["yaxis"] = new Axis { Title = "Terminator Improvement", Range = ImprovementRange(points, minTrials) };
        var early = points.FindAll(p => p.Position <= minTrials);
        var late = points.FindAll(p => p.Position >= minTrials);
        var (traces, judged) = (new List<Trace>(), total > minTrials);
        traces.Add(ImprovementLine(early, "rgba(99, 110, 250, 0.25)", inLegend: !judged));
        if (judged)
            traces.Add(ImprovementLine(late, "rgba(99, 110, 250, 1)", inLegend: true));
        traces.Add(plotError
            ? new Scatter
            {
                X = PlotValues.Of(points.Select(p => p.Number)),
                Y = PlotValues.Of(points.Select(p => p.Error)),
                Mode = "markers+lines",
                Name = "Error",
                Marker = new Marker { Color = "rgb(239, 85, 59)" },
                Line = new Line { Color = "rgb(239, 85, 59)" },
            }
            : new Scatter());
        return new Figure(traces, layout with { Annotations = Notes(Downsampling.Note(points.Count, total)) });
    }

    /// <summary>The trials from the first complete one on; those that are not complete change nothing.</summary>
    private static (List<Improvement> Points, int Total) Improvements(
        PlotStudy study, IImprovementEvaluator improvement, IErrorEvaluator? error, CancellationToken cancellationToken)
    {
        var trials = study.Trials.SkipWhile(t => !study.IsComplete(t)).ToList();
        var points = new List<Improvement>();
        var growing = DetachedState.Growing(study.Summary, trials.Where(study.IsComplete)).GetEnumerator();
        var (view, known, last) = ((StudyView?)null, false, default(Improvement));
        for (var i = 0; i < trials.Count; i++)
        {
            if (study.IsComplete(trials[i]) && growing.MoveNext())
                (view, known) = (growing.Current, false);
            if (!IsAsked(i, trials.Count))
                continue;
            cancellationToken.ThrowIfCancellationRequested();
            if (!known)
                last = new Improvement(0, 0, improvement.Evaluate(view!), error?.Evaluate(view!) ?? double.NaN);
            known = true;
            points.Add(last with { Position = i, Number = trials[i].Number });
        }

        return (points, trials.Count);
    }

    private static bool IsAsked(int i, int count) =>
        count <= MaxEvaluations || i == count - 1 || (long)i * (MaxEvaluations - 1) / count != (i - 1L) * (MaxEvaluations - 1) / count || i == 0;

    private static PlotValues ImprovementRange(List<Improvement> points, int minTrials)
    {
        var errors = points.Select(p => p.Error).Where(e => !double.IsNaN(e)).ToList();
        var judged = points.FindAll(p => p.Position >= minTrials);
        var low = points.Select(p => p.Value).Concat(errors).Min();
        var high = (judged.Count > 0 ? judged : points).Select(p => p.Value).Concat(errors).Max();
        var padding = (high - low) * 0.05;
        return new[] { low - padding, high + padding };
    }

    private static Scatter ImprovementLine(List<Improvement> points, string color, bool inLegend) => new()
    {
        X = PlotValues.Of(points.Select(p => p.Number)),
        Y = PlotValues.Of(points.Select(p => p.Value)),
        Mode = "markers+lines",
        Marker = new Marker { Color = color },
        Line = new Line { Color = color },
        Name = "Terminator Improvement",
        ShowLegend = inLegend,
        LegendGroup = "improvement",
    };

    /// <param name="Position">Trials since the first complete one.</param>
    /// <param name="Error">NaN when nobody asked.</param>
    private readonly record struct Improvement(int Position, int Number, double Value, double Error);
}
