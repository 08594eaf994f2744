using Optuna.Studies;

namespace Optuna.Coordinator.Gateway.Grpc;

/// <summary>The trials of one study as this node last heard of them, each encoded once: a reply costs what changed, not what there is.</summary>
internal sealed class StudyMirror(StudyId study, StudyDoor door) : StudyCopy(study)
{
    private byte[]?[] _trials = [];
    private int _count;
    private long _version = -1;
    private int _finished;

    /// <summary>Trials with a larger id than one, and those named, by id.</summary>
    /// <exception cref="global::Grpc.Core.RpcException">NOT_FOUND: the study does not exist (any more).</exception>
    /// <exception cref="CoordinatorUnreachableException">It could not be reached.</exception>
    public Task<EncodedTrials> ReadAsync(long greaterThan, IReadOnlyCollection<long> included, CancellationToken cancel) =>
        FreshAsync(() => Select(greaterThan, included), cancel);

    protected override async Task RefreshAsync(CancellationToken cancel)
    {
        bool more;
        do
        {
            var reply = await door.AskAsync(Study, new StudyQueries.GetChanges(_version, _finished, ChangesPage.MaxTrials), cancel).ConfigureAwait(false);
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
        _trials[trial.Number] = EncodedTrials.Encode(TrialMessages.Write(Study, trial));
        _count = Math.Max(_count, trial.Number + 1);
    }

    private EncodedTrials Select(long greaterThan, IReadOnlyCollection<long> included)
    {
        var first = greaterThan < TrialIds.Of(Study, 0) ? 0 : Math.Min(greaterThan - TrialIds.Of(Study, 0) + 1, _count);
        var found = new List<byte[]>(included.Count + (int)(_count - first));
        foreach (var number in included.Select(id => id - TrialIds.Of(Study, 0)).Where(n => n >= 0 && n < first).Distinct().Order())
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
