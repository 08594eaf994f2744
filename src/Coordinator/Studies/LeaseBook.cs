using Optuna.Studies;

namespace Optuna.Coordinator.Studies;

/// <summary>When each worker of a study was last heard of, and whose trials are therefore overdue.</summary>
/// <remarks>
/// Kept in memory only: a heartbeat is not worth a journal row. After a fail-over every worker starts with a full
/// lease again; so they do when this process was itself frozen or starved, since it could hear nobody. A trial asked
/// for without a worker's name (by number, from a shell) has no lease and is never overdue. Time here is what has passed
/// since some moment of this process, not what a wall clock says: that one is put right now and then, by hours if it was wrong.
/// </remarks>
internal sealed class LeaseBook(TimeSpan lease)
{
    private readonly Dictionary<WorkerId, TimeSpan> _heard = [];
    private TimeSpan? _looked;

    public void Heard(WorkerId worker, TimeSpan now)
    {
        if (!string.IsNullOrEmpty(worker.Value))
            _heard[worker] = now;
    }

    /// <summary>The same with how long each worker may still be silent; those nobody has heard of yet have a full lease.</summary>
    public StudyReplies.Leases WithTimeLeft(StudyReplies.Leases leases, TimeSpan now) => new(
    [
        .. leases.Held.Select(l => string.IsNullOrEmpty(l.Worker.Value) ? l : l with
        {
            Left = _heard.TryGetValue(l.Worker, out var heard) && now - heard is var silent ? silent < lease ? lease - silent : TimeSpan.Zero : lease,
        }),
    ]);

    /// <summary>Running trials whose worker has been silent for longer than the lease.</summary>
    /// <param name="now">Several looks must fit into a lease.</param>
    public List<RunningLease> Overdue(StudyState state, TimeSpan now)
    {
        if (now - _looked > lease / 2)
            _heard.Clear();
        _looked = now;
        var overdue = new List<RunningLease>();
        var alive = new HashSet<WorkerId>();
        foreach (var trial in RunningLease.Of(state))
        {
            if (string.IsNullOrEmpty(trial.Worker.Value))
                continue;
            alive.Add(trial.Worker);
            if (!_heard.TryGetValue(trial.Worker, out var heard))
                _heard[trial.Worker] = now;
            else if (now - heard > lease)
                overdue.Add(trial);
        }

        foreach (var gone in _heard.Keys.Where(w => !alive.Contains(w)).ToList())
            _heard.Remove(gone);
        return overdue;
    }
}
