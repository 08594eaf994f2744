using Optuna.MultiObjective;

namespace Optuna.Visualization;

/// <content>Progress with several objectives.</content>
public static partial class Plot
{
    /// <summary>The volume that the feasible trials so far dominate, after every complete trial.</summary>
    /// <param name="study">Of two objectives or more.</param>
    /// <param name="referencePoint">One finite number per objective, in the study's own directions: at or beyond the worst value that is to count.</param>
    /// <exception cref="ArgumentException">One objective, or not a finite number for each.</exception>
    public static Figure HypervolumeHistory(PlotStudy study, IReadOnlyList<double> referencePoint)
    {
        ArgumentNullException.ThrowIfNull(study);
        var history = MultiObjective.HypervolumeHistory.Of(study.Trials, study.Directions, referencePoint);
        var kept = Downsampling.Keep(history.Length, Downsampling.MaxPoints, i => history[i].Volume);
        return new Figure(
            [
                new Scatter
                {
                    X = PlotValues.Of(kept.Select(i => history[i].Number)),
                    Y = PlotValues.Of(kept.Select(i => history[i].Volume)),
                    Mode = "lines+markers",
                },
            ],
            Layout.Of("Hypervolume History Plot", new Axis { Title = "Trial" }, new Axis { Title = "Hypervolume" }) with
            {
                Annotations = Notes(Downsampling.Note(kept.Length, history.Length)),
            });
    }
}
