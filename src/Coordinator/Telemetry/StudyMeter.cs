using System.Collections.Concurrent;
using System.Diagnostics;
using Akka.Actor;
using Optuna.Cluster.Protocol;
using Optuna.Studies;

namespace Optuna.Coordinator.Telemetry;

/// <summary>What one awake study measures of itself. Used by its actor; the gauges are read from other threads.</summary>
internal sealed class StudyMeter : IDisposable
{
    // Longer than a client waits before it asks again; what was never answered is forgotten after it.
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(1);

    private static readonly ConcurrentDictionary<StudyMeter, byte> s_living = [];

    private readonly Dictionary<(IActorRef From, long Id), (string Kind, long Since)> _requests = [];
    private readonly StudyId _study;
    private long _writingSince;
    private volatile int _running;
    private volatile int _waiting;

    public StudyMeter(StudyId study)
    {
        _study = study;
        s_living.TryAdd(this, 0);
    }

    /// <summary>Those of all studies in this process.</summary>
    public static ICollection<StudyMeter> Living => s_living.Keys;

    public int Running => _running;

    public int Waiting => _waiting;

    /// <summary>How long the write under way has taken so far.</summary>
    public TimeSpan Lag => Interlocked.Read(ref _writingSince) is var since and not 0 ? Stopwatch.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>A request came; the first of those that are sent again counts.</summary>
    public void Arrived(IActorRef from, StudyRequest request)
    {
        if (NodeMeter.Requests.Enabled || NodeMeter.Spans.HasListeners())
            _requests.TryAdd((from, request.Id), (Kind(request.Body), Stopwatch.GetTimestamp()));
    }

    /// <summary>Its answer left.</summary>
    public void Answered(IActorRef to, Response answer)
    {
        if (!_requests.Remove((to, answer.Id), out var request))
            return;
        var took = Stopwatch.GetElapsedTime(request.Since);
        NodeMeter.Requests.Record(took.TotalSeconds, new KeyValuePair<string, object?>("kind", request.Kind));
        Span(request.Kind, took)?.SetTag("optuna.reply", answer.Reply.GetType().Name).Stop();
    }

    public void Writing(int answers)
    {
        Interlocked.Exchange(ref _writingSince, Stopwatch.GetTimestamp());
        _waiting = answers;
    }

    public void Waits(int answers) => _waiting = answers;

    /// <summary>The journal confirmed a row.</summary>
    public void Written(IWireMessage row, int answers, int running)
    {
        var took = Stopwatch.GetElapsedTime(Interlocked.Exchange(ref _writingSince, 0));
        (_running, _waiting) = (running, 0);
        NodeMeter.JournalWrites.Record(took.TotalSeconds);
        NodeMeter.CommitAnswers.Record(answers);
        Span("journal", took)?.SetTag("optuna.answers", answers).Stop();
        if (row is EventBatch batch)
            Count(batch);
    }

    /// <summary>Trials running after recovery.</summary>
    public void Recovered(int running) => _running = running;

    public void Drawn(string sampler, int trial, TimeSpan took)
    {
        NodeMeter.Draws.Record(took.TotalSeconds, new KeyValuePair<string, object?>("sampler", sampler));
        Span("draw", took)?.SetTag("optuna.sampler", sampler).SetTag("optuna.trial", trial).Stop();
    }

    /// <summary>Forgets requests that were never answered.</summary>
    public void Sweep()
    {
        foreach (var (key, _) in _requests.Where(r => Stopwatch.GetElapsedTime(r.Value.Since) > Forgotten).ToList())
            _requests.Remove(key);
    }

    public void Dispose() => s_living.TryRemove(this, out _);

    private static void Count(EventBatch batch)
    {
        NodeMeter.JournalEvents.Add(batch.Events.Length);
        foreach (var e in batch.Events)
        {
            switch (e)
            {
                case StudyEvents.TrialStarted:
                    NodeMeter.TrialsStarted.Add(1);
                    break;
                case StudyEvents.TrialFinished finished:
                    NodeMeter.TrialsFinished.Add(1, new KeyValuePair<string, object?>("state", State(finished.State)));
                    break;
                case StudyEvents.TrialStateSet { State: var state } when Trials.TrialStates.IsFinished(state):
                    NodeMeter.TrialsFinished.Add(1, new KeyValuePair<string, object?>("state", State(state)));
                    break;
                case StudyEvents.TrialRequeued:
                    NodeMeter.TrialsLost.Add(1);
                    break;
            }
        }
    }

    private static string State(Trials.TrialState state) => state.ToString().ToLowerInvariant();

    private static string Kind(object body) => body switch
    {
        StudyCommands.AskTrial => "ask",
        StudyCommands.TellTrial => "tell",
        StudyCommands.ReportValue => "report",
        StudyCommands.SuggestParam => "suggest",
        _ => "other",
    };

    // A span is made when it has ended: what it covers went through several messages of the actor.
    private Activity? Span(string name, TimeSpan took) => NodeMeter.Spans.StartActivity(
        $"study {name}", ActivityKind.Internal, default(ActivityContext), [new("optuna.study", _study.Value)], startTime: DateTimeOffset.UtcNow - took);
}
