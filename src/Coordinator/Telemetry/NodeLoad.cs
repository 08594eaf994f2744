using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Optuna.Coordinator.Telemetry;

/// <summary>How busy this process was lately, from what <see cref="NodeMeter"/> measures: for people who look at a page, not for alarms.</summary>
internal sealed class NodeLoad : IDisposable
{
    private const string Requests = "optuna.request.duration", Journal = "optuna.journal.write.duration", Finished = "optuna.trials.finished";

    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(10);

    private readonly MeterListener _listener = new();
    private readonly Recent _suggest = new(1 << 12), _journal = new(1 << 12), _finished = new(1 << 16);

    public NodeLoad()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            // By name: they are published before anybody can hold them.
            if (instrument.Meter.Name == NodeMeter.Name && (instrument.Name is Requests or Journal or Finished))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((instrument, seconds, tags, _) =>
        {
            if (instrument.Name == Journal)
                _journal.Add(seconds);
            else if (IsOf(tags, "suggest"))
                _suggest.Add(seconds);
        });
        _listener.SetMeasurementEventCallback<long>((_, count, _, _) => _finished.Add(count));
        _listener.Start();
    }

    /// <param name="Suggest">Seconds from a question for a parameter to its answer; null when none was asked lately.</param>
    /// <param name="Journal">Seconds of a write to the journal; null when nothing was written lately.</param>
    public sealed record Figures(double TrialsPerSecond, int QueueDepth, (double P50, double P99)? Suggest, (double P50, double P99)? Journal, TimeSpan JournalLag);

    /// <summary>Of the last ten seconds, and of now.</summary>
    public Figures Read() => new(
        _finished.Within(s_window).Sum() / s_window.TotalSeconds, StudyMeter.Living.Sum(s => s.Waiting),
        Percentiles(_suggest), Percentiles(_journal), StudyMeter.Living.Select(s => s.Lag).DefaultIfEmpty().Max());

    public void Dispose() => _listener.Dispose();

    private static (double P50, double P99)? Percentiles(Recent recent)
    {
        var values = recent.Within(s_window);
        if (values.Length == 0)
            return null;
        Array.Sort(values);
        return (values[(values.Length - 1) / 2], values[(int)((values.Length - 1) * 0.99)]);
    }

    private static bool IsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags, string kind)
    {
        foreach (var tag in tags)
        {
            if (tag.Key == "kind")
                return Equals(tag.Value, kind);
        }

        return false;
    }

    /// <summary>The last measurements and when they were made.</summary>
    /// <param name="size">How many; a power of two.</param>
    private sealed class Recent(int size)
    {
        private readonly (long At, double Value)[] _ring = new (long, double)[size];
        private readonly Lock _lock = new();
        private int _next;

        public void Add(double value)
        {
            lock (_lock)
                _ring[_next++ & (_ring.Length - 1)] = (Stopwatch.GetTimestamp(), value);
        }

        public double[] Within(TimeSpan window)
        {
            lock (_lock)
                return [.. _ring.Where(m => m.At != 0 && Stopwatch.GetElapsedTime(m.At) <= window).Select(m => m.Value)];
        }
    }
}
