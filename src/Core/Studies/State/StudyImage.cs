using System.Collections.Immutable;
using Optuna.Trials;

namespace Optuna.Studies.State;

/// <summary>A study at one event, without the finished trials that stand in <see cref="TrialChunk"/>s: what a snapshot keeps.</summary>
/// <param name="Created">Under its present name.</param>
/// <param name="InChunks">How many finished trials, in order of finishing, stand in chunks.</param>
/// <param name="Tail">The finished trials after those.</param>
internal sealed record StudyImage(
    long Version, StudyEvents.StudyCreated Created, bool IsDeleted, int TrialCount, bool HasConstraints, DateTimeOffset? FirstStart,
    ImmutableArray<KeyValuePair<string, string>> UserAttrs, ImmutableArray<KeyValuePair<string, string>> SystemAttrs,
    ImmutableArray<ParamDef> Params, ImmutableArray<LiveImage> Live, ImmutableArray<KeyValuePair<Guid, int>> Requests,
    int InChunks, TrialChunk Tail, FleetImage Fleet);

/// <summary>What an operator decided.</summary>
internal sealed record FleetImage(StudyMode Mode, int? Budget, ImmutableArray<WorkerId> Drained);

/// <summary>Finished trials in the order they finished. They never change, so a full chunk is written once.</summary>
internal sealed record TrialChunk(ImmutableArray<FinishedTrial> Trials)
{
    /// <summary>About 150 bytes a trial: far below what a database takes in one piece.</summary>
    public const int Size = 1000;
}

/// <summary>A waiting or running trial.</summary>
internal sealed record LiveImage(
    int Number, TrialState State, WorkerId Worker, Guid RequestId, long Lease, DateTimeOffset? StartedAt, int Losses,
    ImmutableArray<ParamValue> Params, ImmutableArray<ParamValue> Drawn, long PruneAdvisedAt, ImmutableArray<double> Values, long ChangedAt, TrialDetail Detail);

/// <summary>Between a study and its image.</summary>
internal static class StudyImages
{
    /// <summary>The study as it is now, given that its first <paramref name="inChunks"/> finished trials stand elsewhere.</summary>
    public static StudyImage Take(StudyState s, int inChunks) => new(
        s.Version, new StudyEvents.StudyCreated(s.Name, s.Directions, s.Sampler, s.Pruner, s.Seed, s.Retry, s.CreatedAt, s.StopWhen),
        s.IsDeleted, s.TrialCount, s.HasConstraints, s.FirstStart, s.UserAttrs.Freeze(), s.SystemAttrs.Freeze(),
        [.. s.Params.Defs], [.. s.Live.All.Select(Take)], [.. s.Requests.InOrder], inChunks, Chunk(s, inChunks, s.History.Count - inChunks),
        new FleetImage(s.Mode, s.Budget, s.Drained));

    /// <summary>Finished trials by the order they finished in.</summary>
    public static TrialChunk Chunk(StudyState s, int first, int count)
    {
        var trials = ImmutableArray.CreateBuilder<FinishedTrial>(count);
        foreach (var number in s.History.Order.Slice(first, count))
            trials.Add(s.Trials.Row(number, s.Params, s.Shapes));
        return new TrialChunk(trials.MoveToImmutable());
    }

    /// <summary>The study of an image; later events go on from there.</summary>
    /// <param name="chunks">In order; together they hold <see cref="StudyImage.InChunks"/> trials.</param>
    public static StudyState Restore(StudyId id, StudyImage image, IEnumerable<TrialChunk> chunks)
    {
        var state = new StudyState(id);
        state.Restore(image);
        foreach (var def in image.Params)
            state.Params.Define(def);
        foreach (var trial in chunks.Append(image.Tail).SelectMany(c => c.Trials))
        {
            state.Enter(trial);
            state.NoteRungs(trial.Number, trial.Detail.SystemAttrs);
        }

        foreach (var live in image.Live)
        {
            state.Live.Add(Restore(live));
            state.NoteRungs(live.Number, live.Detail.SystemAttrs);
        }

        state.UserAttrs.SetAll(image.UserAttrs);
        state.SystemAttrs.SetAll(image.SystemAttrs);
        foreach (var (request, number) in image.Requests)
            state.Requests.Add(request, number);
        return state;
    }

    private static LiveImage Take(LiveTrial t) => new(
        t.Number, t.State, t.Worker, t.RequestId, t.Lease, t.StartedAt, t.Losses, [.. t.Params], t.Drawn, t.PruneAdvisedAt, t.Values, t.ChangedAt, t.Detail);

    private static LiveTrial Restore(LiveImage image)
    {
        var trial = new LiveTrial(image.Number)
        {
            State = image.State, Worker = image.Worker, RequestId = image.RequestId, Lease = image.Lease,
            StartedAt = image.StartedAt, Losses = image.Losses, Reason = image.Detail.Reason,
            PruneAdvisedAt = image.PruneAdvisedAt, Values = image.Values, ChangedAt = image.ChangedAt, Fixed = FixedParams.Read(image.Detail.SystemAttrs),
        };
        trial.AddParams(image.Params);
        trial.SetDrawn(image.Drawn);
        trial.SetReports(image.Detail.Reports);
        trial.UserAttrs.SetAll(image.Detail.UserAttrs);
        trial.SystemAttrs.SetAll(image.Detail.SystemAttrs);
        return trial;
    }
}
