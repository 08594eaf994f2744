using System.Globalization;
using Optuna.Json;
using Optuna.Studies;
using Optuna.Worker.Trials;

namespace Optuna.Cli.Optimize;

/// <summary>How far one call is, as a line: <c>hills 12/100  best 0.42  10 complete, 1 pruned, 1 failed  3.2 trials/s  ETA 0:00:27</c>.</summary>
/// <param name="Trials">Trials the call is to run; null without that limit.</param>
/// <param name="Timeout">Null without that limit.</param>
internal sealed record ProgressText(string Study, int? Trials, TimeSpan? Timeout)
{
    /// <param name="summary">The study as last seen.</param>
    public string At(WorkerResult tally, TimeSpan elapsed, StudySummary summary)
    {
        var rate = elapsed > TimeSpan.Zero ? tally.Total / elapsed.TotalSeconds : 0;
        List<string> parts = [Trials is { } total ? $"{Study} {tally.Total}/{total}" : $"{Study} {tally.Total}"];
        if (summary.BestFeasible is { } best)
            parts.Add($"best {PythonJson.FormatDouble(best.Value)}");
        parts.Add($"{tally}");
        parts.Add(string.Create(CultureInfo.InvariantCulture, $"{rate:0.0} trials/s"));
        if (Left(tally, elapsed, summary, rate) is { } left)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"ETA {(long)left.TotalHours}:{left:mm\\:ss}"));
        return string.Join("  ", parts);
    }

    // What ends first ends the call.
    private TimeSpan? Left(WorkerResult tally, TimeSpan elapsed, StudySummary summary, double rate)
    {
        var left = Timeout is { } limit ? Least(limit - elapsed, null) : null;
        if (rate <= 0)
            return left;
        if (Trials is { } total)
            left = Least(TimeSpan.FromSeconds((total - tally.Total) / rate), left);
        if (summary.Budget is { } budget)
            left = Least(TimeSpan.FromSeconds((budget - summary.Counts.Finished) / rate), left);
        return left;
    }

    private static TimeSpan? Least(TimeSpan a, TimeSpan? b)
    {
        var least = b is { } other && other < a ? other : a;
        return least < TimeSpan.Zero ? TimeSpan.Zero : least;
    }
}
