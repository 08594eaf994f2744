using System.Collections.Concurrent;
using System.Diagnostics;
using Optuna.Trials;

namespace Optuna.Bench;

/// <summary>Asks and tells one study without a pause, and remembers when it was answered and what was acknowledged.</summary>
internal sealed class StudyLoad(Study study)
{
    private readonly ConcurrentDictionary<int, double> _told = [];
    private readonly Lock _lock = new();
    private long _last;
    private long _longest;
    private int _countAtMark;

    public int Count => _told.Count;

    public int CountSinceMark => Count - _countAtMark;

    public int Failed { get; private set; }

    /// <summary>Answered a moment ago: no gap is open.</summary>
    public bool IsFluent => Stopwatch.GetElapsedTime(Interlocked.Read(ref _last)) < TimeSpan.FromMilliseconds(500);

    /// <summary>Longest time between two answers since the mark.</summary>
    public TimeSpan LongestGap
    {
        get
        {
            lock (_lock)
                return Stopwatch.GetElapsedTime(0, _longest);
        }
    }

    public void Mark()
    {
        lock (_lock)
            _longest = 0;
        _countAtMark = Count;
    }

    public async Task RunAsync(CancellationToken end)
    {
        await Task.Yield();
        while (!end.IsCancellationRequested)
        {
            try
            {
                var trial = await study.AskAsync().ConfigureAwait(false);
                var value = trial.SuggestFloat("x", -10, 10);
                await study.TellAsync(trial, [value]).ConfigureAwait(false);
                _told[trial.Number] = value;
                Answered();
            }
            catch (OptunaException)
            {
                Failed++;
            }
        }
    }

    public async Task<int> CountLostAsync(CancellationToken cancel)
    {
        var trials = await study.GetTrialsAsync(cancellationToken: cancel).ConfigureAwait(false);
        return _told.Count(t => t.Key >= trials.Length || trials[t.Key].State != TrialState.Complete || trials[t.Key].Value != t.Value);
    }

    private void Answered()
    {
        var now = Stopwatch.GetTimestamp();
        lock (_lock)
        {
            if (_last != 0)
                _longest = Math.Max(_longest, now - _last);
            Interlocked.Exchange(ref _last, now);
        }
    }
}
