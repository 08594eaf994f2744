using Optuna.Trials;

namespace Optuna.Visualization;

/// <content>What trials reported on their way.</content>
public static partial class Plot
{
    /// <summary>A curve of reported values by step for every complete, pruned and running trial that reported any; infeasible ones grey.</summary>
    public static Figure IntermediateValues(PlotStudy study)
    {
        ArgumentNullException.ThrowIfNull(study);
        var trials = study.Trials
            .Where(t => t.State is TrialState.Complete or TrialState.Pruned or TrialState.Running && !t.IntermediateValues.IsEmpty)
            .ToList();
        var points = trials.Sum(t => (long)t.IntermediateValues.Count);
        var drawn = Downsampling.Thin(trials, MostCurves(trials.Count, points), t => t.IntermediateValues[t.LastStep!.Value]);
        var steps = points <= Downsampling.MaxPoints ? int.MaxValue : Downsampling.MaxPoints / drawn.Count;
        var note = Downsampling.Note(drawn.Count, trials.Count) ?? (drawn.Exists(t => t.IntermediateValues.Count > steps)
            ? Downsampling.Note("long curves are drawn with fewer steps; the extremes are among them")
            : null);
        return new Figure(
            [.. drawn.Select(t => Curve(t, steps))],
            Layout.Of("Intermediate Values Plot", new Axis { Title = "Step" }, new Axis { Title = "Intermediate Value" }) with
            {
                ShowLegend = false,
                Annotations = Notes(note),
            });
    }

    // Curves are dearer to draw than points, and 500 of them cover each other.
    private static int MostCurves(int trials, long points) =>
        points <= Downsampling.MaxPoints ? trials : (int)Math.Clamp(trials * (long)Downsampling.MaxPoints / points, 50, 500);

    private static Scatter Curve(FrozenTrial trial, int most)
    {
        var reports = Downsampling.Thin([.. trial.IntermediateValues], most, r => r.Value);
        return new Scatter
        {
            X = PlotValues.Of(reports.Select(r => (double)r.Key)),
            Y = PlotValues.Of(reports.Select(r => r.Value)),
            Mode = "lines+markers",
            Marker = new Marker { MaxDisplayed = 10, Color = Constraints.IsFeasible(trial) ? null : Constraints.Grey },
            Name = $"Trial{trial.Number}",
        };
    }
}
