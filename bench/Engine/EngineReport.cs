using System.Globalization;
using System.Text.Json;

namespace Optuna.Bench;

/// <summary>One sampler on one problem for so many trials, and what was measured.</summary>
internal sealed record EngineCell(string Sampler, string Problem, int Trials, StudyTimes Times)
{
    public double? Seconds => MedianOf(s => s.Seconds);

    public double? CpuSeconds => MedianOf(s => s.CpuSeconds);

    public double? BytesPerTrial => MedianOf(s => s.AllocatedBytes) / Trials;

    public double? AskMicroseconds => Times.AskMicroseconds.Count > 0 ? Median.Of([.. Times.AskMicroseconds]) : null;

    /// <summary>Of twenty asks one takes longer.</summary>
    public double? SlowAskMicroseconds => Times.AskMicroseconds.Count > 0
        ? Times.AskMicroseconds.Order().ElementAt((int)(0.95 * (Times.AskMicroseconds.Count - 1)))
        : null;

    private double? MedianOf(Func<StudyTime, double> value) => Times.Studies.Count > 0 ? Median.Of([.. Times.Studies.Select(value)]) : null;
}

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

    private static string Line(EngineCell cell) => JsonSerializer.Serialize(new
    {
        bench = "engine",
        problem = cell.Problem,
        sampler = cell.Sampler,
        n = cell.Trials,
        seconds = Rounded(cell.Seconds, 6),
        perTrialMicroseconds = Rounded(cell.Seconds / cell.Trials * 1e6, 3),
        cpuSeconds = Rounded(cell.CpuSeconds, 4),
        allocatedBytesPerTrial = Rounded(cell.BytesPerTrial, 0),
        askMicroseconds = Rounded(cell.AskMicroseconds, 2),
        askMicroseconds95 = Rounded(cell.SlowAskMicroseconds, 2),
        asks = cell.Times.AskMicroseconds.Count,
        runs = cell.Times.Studies.Select(s => Rounded(s.Seconds, 6)),
    });

    private void Row(EngineCell cell)
    {
        if (!_headed)
        {
            _headed = true;
            to.WriteLine($"{"problem",-13}{"sampler",-16}{"trials",8}{"min s",11}{"median s",11}{"max s",11}{"µs/trial",11}{"bytes/trial",13}{"µs/ask",11}{"95 %",11}");
        }

        var seconds = cell.Times.Studies.Select(s => s.Seconds).ToArray();
        var (min, max) = seconds.Length > 0 ? ((double?)seconds.Min(), (double?)seconds.Max()) : (null, null);
        to.WriteLine(
            $"{cell.Problem,-13}{cell.Sampler,-16}{cell.Trials,8}{Text(min, "0.0000"),11}{Text(cell.Seconds, "0.0000"),11}{Text(max, "0.0000"),11}"
            + $"{Text(cell.Seconds / cell.Trials * 1e6, "0.00"),11}{Text(cell.BytesPerTrial, "0"),13}"
            + $"{Text(cell.AskMicroseconds, "0.0"),11}{Text(cell.SlowAskMicroseconds, "0.0"),11}");
    }

    private static double? Rounded(double? value, int digits) => value is { } v ? Math.Round(v, digits) : null;

    private static string Text(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}
