using System.Globalization;
using System.Text.Json;

namespace Optuna.Bench;

/// <summary>One sampler on one problem for so many trials, and what was measured.</summary>
internal sealed record EngineCell(string Sampler, string Problem, int Trials, StudyTimes Times);

/// <summary>Prints cells as they come: JSON lines for programs, a table for people.</summary>
internal sealed class EngineReport(TextWriter to, bool json)
{
    private bool _headed;

    public void Add(EngineCell cell)
    {
        if (json)
            to.WriteLine(Line(cell));
        else
            Row(cell);
        to.Flush();
    }

    private static string Line(EngineCell cell)
    {
        var seconds = Median.Of(cell.Times.Seconds);
        return JsonSerializer.Serialize(new
        {
            bench = "engine",
            sampler = cell.Sampler,
            problem = cell.Problem,
            trials = cell.Trials,
            seconds,
            perTrialMicroseconds = seconds / cell.Trials * 1e6,
            askMicroseconds = cell.Times.AskMicroseconds,
            runs = cell.Times.Seconds,
        });
    }

    private void Row(EngineCell cell)
    {
        if (!_headed)
        {
            _headed = true;
            to.WriteLine($"{"problem",-10}{"sampler",-16}{"trials",9}{"min s",11}{"median s",11}{"max s",11}{"µs/trial",11}{"µs/ask",11}");
        }

        var (times, seconds) = (cell.Times, Median.Of(cell.Times.Seconds));
        var ask = times.AskMicroseconds is { } us ? us.ToString("0.0", CultureInfo.InvariantCulture) : "-";
        to.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{cell.Problem,-10}{cell.Sampler,-16}{cell.Trials,9}{times.Seconds.Min(),11:0.0000}{seconds,11:0.0000}{times.Seconds.Max(),11:0.0000}{seconds / cell.Trials * 1e6,11:0.00}{ask,11}"));
    }
}
