using Optuna.Studies;

namespace Optuna.Coordinator.Gateway.Grpc;

/// <summary>The trials of one study as this node last heard of them, each encoded once: a reply costs what changed, not what there is.</summary>
/// <remarks>
/// Every reader gets at least what was acknowledged when it asked: it waits for a question to the study that was sent after it came.
/// Readers who come meanwhile share the next question.
/// </remarks>
internal sealed class StudyMirror(StudyId study, StudyDoor door)
{
    private const int PageSize = 1000;

    private readonly SemaphoreSlim _turn = new(1);
    private byte[]?[] _trials = [];
    private int _count;
    private long _version = -1;
    private int _finished;
    private long _arrived;
    private long _served;

    /// <summary>When it was last read, in <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public long LastUsed { get; private set; } = TimeProvider.System.GetTimestamp();

    /// <summary>Trials with a larger id than one, and those named, by id.</summary>
    /// <exception cref="global::Grpc.Core.RpcException">NOT_FOUND: the study does not exist (any more).</exception>
    /// <exception cref="CoordinatorUnreachableException">It could not be reached.</exception>
    public async Task<EncodedTrials> ReadAsync(long greaterThan, IReadOnlyCollection<long> included, CancellationToken cancel)
    {
        var arrival = Interlocked.Increment(ref _arrived);
        await _turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            LastUsed = TimeProvider.System.GetTimestamp();
            if (_served < arrival)
            {
                var arrived = Interlocked.Read(ref _arrived);
                await RefreshAsync(cancel).ConfigureAwait(false);
                _served = arrived;
            }

            return Select(greaterThan, included);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task RefreshAsync(CancellationToken cancel)
    {
        bool more;
        do
        {
            var reply = await door.AskAsync(study, new StudyQueries.GetChanges(_version, _finished, PageSize), cancel).ConfigureAwait(false);
            var changes = reply.Expect<StudyReplies.Changes>();
            // A trial that finished between two pages must not be overwritten by what it was before.
            foreach (var trial in changes.Unfinished)
                Put(trial);
            foreach (var trial in changes.Finished)
                Put(trial);
            (_version, _finished, more) = (changes.Version, _finished + changes.Finished.Length, changes.More);
        }
        while (more);
    }

    private void Put(Trials.FrozenTrial trial)
    {
        if (trial.Number >= _trials.Length)
            Array.Resize(ref _trials, Math.Max(16, Math.Max(trial.Number + 1, _trials.Length * 2)));
        _trials[trial.Number] = EncodedTrials.Encode(TrialMessages.Write(study, trial));
        _count = Math.Max(_count, trial.Number + 1);
    }

    private EncodedTrials Select(long greaterThan, IReadOnlyCollection<long> included)
    {
        var first = greaterThan < TrialIds.Of(study, 0) ? 0 : Math.Min(greaterThan - TrialIds.Of(study, 0) + 1, _count);
        var found = new List<byte[]>(included.Count + (int)(_count - first));
        foreach (var number in included.Select(id => id - TrialIds.Of(study, 0)).Where(n => n >= 0 && n < first).Distinct().Order())
            Add(found, number);
        for (var number = first; number < _count; number++)
            Add(found, number);

        return new EncodedTrials(found);
    }

    private void Add(List<byte[]> found, long number)
    {
        if (_trials[number] is { } trial)
            found.Add(trial);
    }
}
