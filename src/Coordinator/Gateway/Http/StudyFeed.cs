using System.Collections.Immutable;
using Optuna.Distributions;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Coordinator.Gateway.Http;

/// <summary>The one reading of a study on this node, kept up to date by whoever asks for it and, while somebody listens, by what the study tells.</summary>
internal sealed class StudyFeed(StudyId study, StudyDoor door, CancellationToken stopping) : StudyCopy(study)
{
    private readonly List<int> _pending = [];
    private int[] _finishOrder = [];
    private int _finished;
    private FrozenTrial?[] _trials = [];
    private long[] _changedAt = [];
    private readonly OrderedDictionary<string, (int Trial, Distribution Distribution)> _space = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, Distribution> _spaceRead = ImmutableDictionary<string, Distribution>.Empty;
    private bool _spaceMoved;
    private int _count;
    private long _version = -1;
    private int _following;
    private StudyReading? _reading;
    private TaskCompletionSource _pulse = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The study was deleted.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Completes when there is a newer reading than the last one, or the study is gone.</summary>
    public Task Next => Volatile.Read(ref _pulse).Task;

    /// <summary>The newest reading at hand; null before the first.</summary>
    public StudyReading? Last => Volatile.Read(ref _reading);

    /// <exception cref="ApiProblem">The study does not exist (any more).</exception>
    /// <exception cref="CoordinatorUnreachableException">It could not be reached.</exception>
    public Task<StudyReading> ReadAsync(CancellationToken cancel) => FreshAsync(() => _reading!, cancel);

    /// <summary>The study is at this version: reads on if that is news. What fails is tried again when the study is told of next.</summary>
    public void Told(long version)
    {
        if (version == Interlocked.Read(ref _version) || Interlocked.Exchange(ref _following, 1) == 1)
            return;
        _ = FollowAsync();
    }

    private async Task FollowAsync()
    {
        try
        {
            await ReadAsync(stopping).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ApiProblem or OptunaException or OperationCanceledException)
        {
            // The study says so again within seconds while somebody listens.
        }
        finally
        {
            Interlocked.Exchange(ref _following, 0);
        }
    }

    protected override async Task RefreshAsync(CancellationToken cancel)
    {
        try
        {
            bool more;
            var version = _version;
            do
            {
                var reply = await door.AskAsync(Study, new StudyQueries.GetChanges(version, _finished, ChangesPage.MaxTrials), cancel).ConfigureAwait(false);
                var changes = reply.OrProblem<StudyReplies.Changes>();
                // A trial that finished between two pages must not be overwritten by what it was before.
                foreach (var trial in changes.Unfinished)
                    Put(trial);
                foreach (var trial in changes.Finished)
                    Put(trial);
                foreach (var trial in changes.Finished)
                    Finish(trial.Number);
                (version, more) = (changes.Version, changes.More);
            }
            while (more);

            // Asked after the changes, so at least as new: what changed in between comes with the next reading.
            var summary = (await door.AskAsync(Study, new StudyQueries.GetSummary(), cancel).ConfigureAwait(false)).OrProblem<StudyReplies.Summary>().Study;
            var leases = summary.Counts.Running == 0 ? []
                : (await door.AskAsync(Study, new StudyQueries.GetLeases(), cancel).ConfigureAwait(false)).OrProblem<StudyReplies.Leases>().Held;
            var notes = _reading is { } last ? new StudyNotes(summary, version, last.Notes) : new StudyNotes(summary);
            foreach (var number in _pending.Concat(notes.Changed(version)).Where(n => n < _count))
                _changedAt[number] = version;
            _pending.Clear();
            var isNews = version != _version || _reading is null;
            Interlocked.Exchange(ref _version, version);
            Volatile.Write(ref _reading, new StudyReading(
                summary, new ChangePosition(version, _finished), _trials, _changedAt, _count, _finishOrder.AsMemory(0, _finished), leases, notes, Space()));
            if (isNews)
                Pulse();
        }
        catch (ApiProblem e) when (e.Code == "study_not_found")
        {
            IsGone = true;
            Pulse();
            throw;
        }
    }

    private void Put(FrozenTrial trial)
    {
        if (trial.Number >= _trials.Length)
        {
            var length = Math.Max(16, Math.Max(trial.Number + 1, _trials.Length * 2));
            Array.Resize(ref _trials, length);
            Array.Resize(ref _changedAt, length);
        }

        _trials[trial.Number] = trial;
        // Until the page is whole its version is not known; nobody's position is above this one.
        _changedAt[trial.Number] = long.MaxValue;
        _count = Math.Max(_count, trial.Number + 1);
        _pending.Add(trial.Number);
        foreach (var p in trial.ParamList)
            Meet(p, trial.Number);
    }

    // The distributions of a study are few objects that its trials share: most often it is the very one that is here.
    private void Meet(TrialParam param, int trial)
    {
        var known = _space.TryGetValue(param.Name, out var last);
        if (known && (ReferenceEquals(last.Distribution, param.Distribution) || last.Trial > trial))
            return;
        _space[param.Name] = (trial, param.Distribution);
        _spaceMoved |= !known || last.Distribution != param.Distribution;
    }

    // Those who read an earlier one go on reading it.
    private IReadOnlyDictionary<string, Distribution> Space()
    {
        if (_spaceMoved)
            _spaceRead = new OrderedDictionary<string, Distribution>(_space.Select(s => KeyValuePair.Create(s.Key, s.Value.Distribution)), StringComparer.Ordinal);
        _spaceMoved = false;
        return _spaceRead;
    }

    private void Finish(int number)
    {
        if (_finished == _finishOrder.Length)
            Array.Resize(ref _finishOrder, Math.Max(16, _finished * 2));
        _finishOrder[_finished++] = number;
    }

    private void Pulse() =>
        Interlocked.Exchange(ref _pulse, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
