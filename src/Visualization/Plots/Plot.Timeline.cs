using System.Globalization;
using Optuna.Trials;

namespace Optuna.Visualization;

/// <content>Trials over time.</content>
public static partial class Plot
{
    // In the order of their names.
    private static readonly (TrialState State, bool Infeasible, string Name, string Color)[] TimelineKinds =
    [
        (TrialState.Complete, true, "INFEASIBLE", Constraints.Grey),
        (TrialState.Complete, false, "COMPLETE", "blue"),
        (TrialState.Fail, false, "FAIL", "red"),
        (TrialState.Pruned, false, "PRUNED", "orange"),
        (TrialState.Running, false, "RUNNING", "green"),
        (TrialState.Waiting, false, "WAITING", "gray"),
    ];

    /// <summary>A bar per trial from its start to its end (UTC), coloured by state.</summary>
    /// <param name="now">Where the bars of running trials end, unless all of them run for more than five times as long as the longest trial took: then nobody runs them any more.</param>
    /// <param name="nRecentTrials">Only the last so many trials; null for all.</param>
    /// <exception cref="ArgumentException"><paramref name="nRecentTrials"/> is not positive.</exception>
    public static Figure Timeline(PlotStudy study, DateTimeOffset now, int? nRecentTrials = null)
    {
        ArgumentNullException.ThrowIfNull(study);
        if (nRecentTrials <= 0)
            throw new ArgumentException($"'n_recent_trials' must be positive (it is {nRecentTrials}).", nameof(nRecentTrials));
        var end = LastMoment(study, now.UtcDateTime);
        var all = study.Trials.Skip(study.Trials.Length - (nRecentTrials ?? study.Trials.Length)).Select(t => TimelineBar.Of(t, end)).ToList();
        var bars = Downsampling.Thin(all, Downsampling.MaxPoints, b => b.Milliseconds);
        return new Figure(
            [.. TimelineKinds.Select(k => (k, bars.FindAll(b => b.Trial.State == k.State && b.Infeasible == k.Infeasible))).Where(k => k.Item2.Count > 0).Select(k => Bars(k.Item2, k.k.Name, k.k.Color))],
            Layout.Of("Timeline Plot", new Axis { Title = "Datetime", Type = "date" }, new Axis { Title = "Trial" }) with
            {
                ShowLegend = true,
                Annotations = Notes(Downsampling.Note(bars.Count, all.Count)),
            });
    }

    private static DateTime LastMoment(PlotStudy study, DateTime now)
    {
        var longest = study.Trials.Max(t => t.Duration);
        var running = study.Trials.Where(t => t.State == TrialState.Running);
        var runs = longest is { } most ? running.Any(t => now - t.DatetimeStart < 5 * most) : running.Any();
        return runs ? now : study.Trials.Max(t => t.DatetimeComplete) ?? now;
    }

    private static Bar Bars(List<TimelineBar> bars, string name, string color) => new()
    {
        Name = name,
        X = PlotValues.Of(bars.Select(b => b.Milliseconds)),
        Y = PlotValues.Of(bars.Select(b => b.Trial.Number)),
        Base = PlotValues.Of(bars.Select(b => b.Start.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture))),
        Text = PlotValues.Of(bars.Select(b => PlotText.Hover(b.Trial))),
        TextPosition = "none",
        HoverTemplate = $"%{{text}}<extra>{name}</extra>",
        Orientation = "h",
        Marker = new Marker { Color = color },
    };

    private sealed record TimelineBar(FrozenTrial Trial, DateTime Start, double Milliseconds, bool Infeasible)
    {
        // What has no length yet gets a second, so that it can be seen.
        private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

        internal static TimelineBar Of(FrozenTrial trial, DateTime end)
        {
            var start = trial.DatetimeStart ?? end;
            var until = trial.State == TrialState.Running ? end + Least : trial.DatetimeComplete ?? start + Least;
            return new TimelineBar(trial, start, (until - start).TotalMilliseconds, trial.State == TrialState.Complete && !Constraints.IsFeasible(trial));
        }
    }
}
