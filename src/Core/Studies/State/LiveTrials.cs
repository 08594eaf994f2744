using Optuna.Trials;

namespace Optuna.Studies.State;

/// <summary>Trials that wait or run, by number, with the queue's head and the askers' request ids at hand.</summary>
/// <remarks>Running and waiting ones stand apart: a long queue costs the running trials nothing.</remarks>
internal sealed class LiveTrials
{
    private readonly Dictionary<int, LiveTrial> _all = [];
    private readonly SortedList<int, LiveTrial> _running = [];
    private readonly SortedList<int, LiveTrial> _returned = [];
    private readonly SortedSet<int> _waiting = [];
    private readonly Dictionary<Guid, LiveTrial> _byRequest = [];

    public int WaitingCount => _waiting.Count;

    public int RunningCount => _running.Count;

    /// <summary>Ascending by number.</summary>
    public IEnumerable<LiveTrial> All => _all.Values.OrderBy(t => t.Number);

    /// <summary>Those an event of a later version than this was about, the longest unchanged first.</summary>
    public IEnumerable<LiveTrial> ChangedSince(long version) => _all.Values.Where(t => t.ChangedAt > version).OrderBy(t => t.ChangedAt);

    /// <summary>Ascending by number.</summary>
    public IList<LiveTrial> Running => _running.Values;

    /// <summary>Waiting ones that had parameters when their worker was lost; ascending by number.</summary>
    public IList<LiveTrial> Returned => _returned.Values;

    public LiveTrial? Find(int number) => _all.GetValueOrDefault(number);

    /// <summary>The running trial that was given in answer to this request.</summary>
    public LiveTrial? FindByRequest(Guid request) => _byRequest.GetValueOrDefault(request);

    public LiveTrial? NextWaiting => _waiting.Count == 0 ? null : _all[_waiting.Min];

    public void Add(LiveTrial trial)
    {
        _all.Add(trial.Number, trial);
        if (trial.State == TrialState.Waiting)
            Queue(trial);
        else
            Run(trial);
    }

    public void Start(LiveTrial trial, StudyEvents.TrialStarted e)
    {
        trial.State = TrialState.Running;
        trial.Worker = e.Worker;
        trial.RequestId = e.RequestId;
        trial.Lease = e.Lease;
        trial.StartedAt = e.At;
        _waiting.Remove(trial.Number);
        _returned.Remove(trial.Number);
        Run(trial);
    }

    public void Requeue(LiveTrial trial, ParamTable table)
    {
        trial.Requeue(table);
        Wait(trial);
    }

    /// <summary>To the queue, from wherever it stands.</summary>
    public void Wait(LiveTrial trial)
    {
        _running.Remove(trial.Number);
        _byRequest.Remove(trial.RequestId);
        trial.State = TrialState.Waiting;
        trial.Lease = 0;
        Queue(trial);
    }

    public void Remove(LiveTrial trial)
    {
        _all.Remove(trial.Number);
        _running.Remove(trial.Number);
        _waiting.Remove(trial.Number);
        _returned.Remove(trial.Number);
        _byRequest.Remove(trial.RequestId);
    }

    private void Queue(LiveTrial trial)
    {
        _waiting.Add(trial.Number);
        if (!trial.Drawn.IsEmpty)
            _returned[trial.Number] = trial;
    }

    private void Run(LiveTrial trial)
    {
        _running[trial.Number] = trial;
        if (trial.RequestId != Guid.Empty)
            _byRequest[trial.RequestId] = trial;
    }
}
