using Akka.Actor;
using Akka.Event;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Worker.Trials;

/// <summary>One place where trials are evaluated, one after the other: asks for a trial, runs the objective on a thread of its own, tells the result and asks for the next in the same breath.</summary>
internal sealed class SlotActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(1);

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CancellationTokenSource _stopping = new();
    private readonly IStudyBackend _study;
    private readonly StudySummary _summary;
    private readonly SlotThread _thread;
    private readonly WorkerId _worker;
    private readonly int? _budget;
    private readonly Action<Task> _lastWords;
    private Trial? _current;
    private Task<IStudyReply>? _asking;
    private int _untold;
    private bool _done;

    /// <param name="lastWords">Told what goes on after this actor has stopped: the objective's thread, trials being given back.</param>
    public SlotActor(
        IStudyBackend study, StudySummary summary, IObjective objective, WorkerId worker, int? budget, Action<Task> lastWords)
    {
        (_study, _summary, _worker, _budget, _lastWords) = (study, summary, worker, budget, lastWords);
        var self = Self;
        _thread = new SlotThread(objective, _stopping.Token, Self.Path.Name, e => self.Tell(new Evaluated(e)));
        lastWords(_thread.Done);

        Receive<StudyReplies.TrialAsked>(OnAsked);
        Receive<StudyReplies.NoTrialLeft>(OnNoTrialLeft);
        Receive<StudyReplies.Rejected>(OnRefused);
        Receive<AskAgain>(_ => Ask());
        Receive<Evaluated>(OnEvaluated);
        Receive<Told>(OnTold);
        Receive<Status.Failure>(f => throw new InvalidOperationException("The line to the coordinators is closed.", f.Cause));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Ask();

    // Whatever ends this slot, its trial is given back at once instead of waiting for its lease to run out.
    protected override void PostStop()
    {
        _stopping.Cancel();
        _thread.Dispose();
        _lastWords(GiveBackAsync(_study, _worker, _current, _asking));
    }

    // An ask under way may still be answered with a trial, which nobody would evaluate.
    private static async Task GiveBackAsync(IStudyBackend study, WorkerId worker, Trial? current, Task<IStudyReply>? asking)
    {
        var reason = $"Its worker {worker} was stopped.";
        if (current is not null)
            await study.SendAsync(new StudyCommands.AbandonTrial(current.Number, current.Lease, reason)).ConfigureAwait(false);
        if (asking is not null && await asking.ConfigureAwait(false) is StudyReplies.TrialAsked asked)
            await study.SendAsync(new StudyCommands.AbandonTrial(asked.Number, asked.Lease, reason)).ConfigureAwait(false);
    }

    private void Ask()
    {
        _asking = _study.SendAsync(new StudyCommands.AskTrial(_worker, Guid.NewGuid(), _budget ?? int.MaxValue)).AsTask();
        _asking.PipeTo(Self);
    }

    private void OnAsked(StudyReplies.TrialAsked asked)
    {
        _asking = null;
        var trial = new Trial(_study, _summary, asked, _stopping.Token);
        _current = trial;
        _thread.Evaluate(trial);
    }

    private void OnEvaluated(Evaluated evaluated)
    {
        _current = null;
        var (tell, failure) = evaluated.Result;
        if (failure is not null)
            _log.Warning("Trial {0} of study {1} failed: {2}", tell.Number, _summary.Name, failure.Message);
        _untold++;
        _study.SendAsync(tell).AsTask().PipeTo(Self, success: reply => new Told(tell.Number, reply));
        Ask();
    }

    private void OnTold(Told told)
    {
        _untold--;
        switch (told.Reply)
        {
            case StudyReplies.TrialTold t:
                Context.Parent.Tell(new WorkerActor.TrialEnded(told.Number, t.State));
                break;
            case StudyReplies.Rejected r:
                _log.Warning("The result of trial {0} does not count: {1}", told.Number, r.Sentence);
                break;
        }

        EndIfDone();
    }

    private void OnNoTrialLeft(StudyReplies.NoTrialLeft left)
    {
        _asking = null;
        // While others run, one of their trials may come back; a paused study goes on some day.
        if (left.MayChange)
            Timers.StartSingleTimer("ask", AskAgain.Instance, LookAgainAfter);
        else
            _done = true;
        EndIfDone();
    }

    // The answers to the last tell and to the ask sent with it may come in any order.
    private void EndIfDone()
    {
        if (_done && _untold == 0)
            Context.Parent.Tell(WorkerActor.SlotDone.Instance);
    }

    private void OnRefused(StudyReplies.Rejected refused)
    {
        _asking = null;
        // The sampler's trial failed, or the one of this very request ended meanwhile: there are others.
        if (refused.Code is Rejection.SamplerFailed or Rejection.TrialFinished)
            Timers.StartSingleTimer("ask", AskAgain.Instance, LookAgainAfter);
        else
            Context.Parent.Tell(new WorkerActor.SlotRefused(refused));
    }

    private sealed record AskAgain : INoSerializationVerificationNeeded
    {
        public static readonly AskAgain Instance = new();
    }

    private sealed record Evaluated(Evaluation Result) : INoSerializationVerificationNeeded;

    private sealed record Told(int Number, IStudyReply Reply) : INoSerializationVerificationNeeded;
}
