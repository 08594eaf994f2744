using Optuna.Studies;

namespace Optuna.Coordinator.Studies;

/// <summary>When each running trial was last spoken for by its worker, and which are therefore overdue.</summary>
/// <remarks>
/// By trial and not by worker: one that lives may hold a trial it does not know of. Kept in memory only: a heartbeat is not worth a journal
/// row. After a fail-over every trial starts with a full lease again; so they do when this process was itself frozen or
/// starved, since it could hear nobody. A trial asked for without a worker's name (by number, from a shell) has no lease and is
/// never overdue. Time here is what has passed since some moment of this process, not what a wall clock says: that one is put
/// right now and then, by hours if it was wrong.
/// </remarks>
internal sealed class LeaseBook(TimeSpan lease)
{
    // A worker that has lost a trial must not speak for the next one who has it: both stand in the key.
    private readonly Dictionary<(WorkerId Worker, int Number), (long Lease, TimeSpan At)> _heard = [];
    private TimeSpan? _looked;

    /// <param name="trials">Those it speaks for; none: all that are its own.</param>
    public void Heard(WorkerId worker, IReadOnlyCollection<int> trials, TimeSpan now)
    {
        foreach (var number in trials.Count > 0 ? trials : [.. _heard.Keys.Where(k => k.Worker == worker).Select(k => k.Number)])
            Heard(worker, number, now);
    }

    /// <summary>Whoever speaks of a trial with its lease speaks for it: a client of the HTTP API has no other heartbeat.</summary>
    public void Heard(StudyState state, IStudyCommand command, TimeSpan now)
    {
        var (number, lease) = command switch
        {
            StudyCommands.SuggestParam s => (s.Number, s.Lease),
            StudyCommands.ReportValue r => (r.Number, r.Lease),
            StudyCommands.SetTrialAttr a => (a.Number, a.Lease),
            _ => (0, 0),
        };
        if (lease != 0 && state.Live.Find(number) is { } trial && trial.Lease == lease && !string.IsNullOrEmpty(trial.Worker.Value))
            Heard(trial.Worker, number, now);
    }

    private void Heard(WorkerId worker, int number, TimeSpan now)
    {
        if (_heard.TryGetValue((worker, number), out var heard))
            _heard[(worker, number)] = (heard.Lease, now);
    }

    /// <summary>The same with how long each trial may still be kept in silence; those that were not looked at yet have a full lease.</summary>
    public StudyReplies.Leases WithTimeLeft(StudyReplies.Leases leases, TimeSpan now) => new(
    [
        .. leases.Held.Select(l => string.IsNullOrEmpty(l.Worker.Value) ? l : l with
        {
            Left = _heard.TryGetValue((l.Worker, l.Number), out var heard) && now - heard.At is var silent
                ? silent < lease ? lease - silent : TimeSpan.Zero
                : lease,
        }),
    ]);

    /// <summary>Running trials whose worker has not spoken for them for longer than the lease.</summary>
    /// <param name="now">Several looks must fit into a lease.</param>
    public List<RunningLease> Overdue(StudyState state, TimeSpan now)
    {
        if (now - _looked > lease / 2)
            _heard.Clear();
        _looked = now;
        var overdue = new List<RunningLease>();
        var running = new HashSet<(WorkerId, int)>();
        foreach (var trial in RunningLease.Of(state))
        {
            if (string.IsNullOrEmpty(trial.Worker.Value))
                continue;
            var key = (trial.Worker, trial.Number);
            running.Add(key);
            // Taken from its worker and given to the same one again, it has another lease.
            if (!_heard.TryGetValue(key, out var heard) || heard.Lease != trial.Lease)
                _heard[key] = (trial.Lease, now);
            else if (now - heard.At > lease)
                overdue.Add(trial);
        }

        foreach (var ended in _heard.Keys.Where(k => !running.Contains(k)).ToList())
            _heard.Remove(ended);
        return overdue;
    }
}
