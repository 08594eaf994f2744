using Akka.Actor;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Worker.Trials;

/// <summary>A worker of one study: its slots, and the end of the work.</summary>
internal sealed class WorkerActor : ReceiveActor
{
    private readonly TaskCompletionSource<WorkerResult> _done;
    private readonly Action<int, TrialState>? _ended;
    private WorkerResult _result = new(0, 0, 0);
    private int _slots;

    /// <param name="done">Completes when the study's budget is spent and no trial can come back, or when the study refuses this worker.</param>
    public WorkerActor(
        IStudyBackend study, StudySummary summary, IObjective objective, WorkerId worker, int slots, int? budget,
        TaskCompletionSource<WorkerResult> done, Action<int, TrialState>? ended, Action<Task> lastWords)
    {
        (_done, _ended, _slots) = (done, ended, slots);

        Receive<TrialEnded>(OnTrialEnded);
        Receive<SlotDone>(_ => OnSlotDone());
        Receive<SlotRefused>(r => _done.TrySetException(r.Refused.ToException()));

        for (var i = 0; i < slots; i++)
            Context.ActorOf(Props.Create(() => new SlotActor(study, summary, objective, worker, budget, lastWords)), $"slot-{i}");
    }

    protected override void PostStop() => _done.TrySetCanceled();

    private void OnTrialEnded(TrialEnded ended)
    {
        _result = _result.With(ended.State);
        _ended?.Invoke(ended.Number, ended.State);
    }

    private void OnSlotDone()
    {
        if (--_slots == 0)
            _done.TrySetResult(_result);
    }

    public sealed record TrialEnded(int Number, TrialState State) : INoSerializationVerificationNeeded;

    public sealed record SlotDone : INoSerializationVerificationNeeded
    {
        public static readonly SlotDone Instance = new();
    }

    public sealed record SlotRefused(StudyReplies.Rejected Refused) : INoSerializationVerificationNeeded;
}

/// <summary>What one worker, or one call, has evaluated.</summary>
public sealed record WorkerResult(int Complete, int Pruned, int Failed)
{
    public int Total => Complete + Pruned + Failed;

    /// <summary>One trial more that ended so; one that did not end, since it was given to somebody else, is not counted.</summary>
    public WorkerResult With(TrialState state) => state switch
    {
        TrialState.Complete => this with { Complete = Complete + 1 },
        TrialState.Pruned => this with { Pruned = Pruned + 1 },
        TrialState.Fail => this with { Failed = Failed + 1 },
        _ => this,
    };

    public override string ToString() => $"{Complete} complete, {Pruned} pruned, {Failed} failed";
}
