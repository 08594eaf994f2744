using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Optuna.Studies.State;
using Optuna.Trials;

namespace Optuna.Studies;

/// <summary>Trials of a study as users see them, and the answers to questions about it.</summary>
public static class TrialReader
{
    /// <summary>A page of this many trials stays far below what one message may hold.</summary>
    public const int MaxPage = 1000;

    /// <summary>Null when there is no such trial.</summary>
    public static FrozenTrial? Read(StudyState state, int number)
    {
        if (state.Live.Find(number) is { } live)
            return Read(state, live);
        return state.History.Contains(number) ? Read(state, state.Trials.Row(number, state.Params, state.Shapes)) : null;
    }

    /// <summary>Answers a question from the state.</summary>
    public static IStudyReply Answer(StudyState state, IStudyQuery query)
    {
        if (!state.Exists)
            return new StudyReplies.Rejected(Rejection.StudyNotFound, $"Study {state.Id} does not exist.");
        return query switch
        {
            StudyQueries.GetSummary => new StudyReplies.Summary(Summary(state)),
            StudyQueries.GetTrials q => Page(state, q),
            StudyQueries.GetTrial q => Read(state, q.Number) is { } trial
                ? One(trial)
                : new StudyReplies.Rejected(Rejection.TrialNotFound, $"Study '{state.Name}' has no trial {q.Number}."),
            StudyQueries.GetLeases => new StudyReplies.Leases(
                [.. state.Live.Running.Select(t => new TrialLease(t.Number, t.Worker, t.StartedAt?.UtcDateTime, state.Drained.Contains(t.Worker), t.Lease))]),
            StudyQueries.GetChanges q => Changes(state, q),
            StudyQueries.GetBestTrial => Best(state),
            StudyQueries.GetBestTrials => new StudyReplies.Trials([.. ParetoFront.Of(state).Select(n => Read(state, n)!)], null),
            _ => throw new InvalidOperationException($"TrialReader does not know the query {query.GetType().Name}."),
        };
    }

    private static StudySummary Summary(StudyState s) => new(
        s.Id, s.Name, s.Directions, s.Sampler, s.Pruner, s.Seed, s.Retry, s.UserAttrs.Freeze(), s.SystemAttrs.Freeze(),
        s.Counts, s.FirstStart?.UtcDateTime, s.Best)
    {
        Mode = s.Mode, Budget = s.Budget, StopWhen = s.StopWhen, Version = s.Version, CreatedAt = s.CreatedAt.UtcDateTime, UpdatedAt = s.UpdatedAt.UtcDateTime,
        BestFeasible = s.BestFeasible is { } best ? new BestFeasible(best, s.Trials.Value(0, best)) : null,
    };

    private static StudyReplies.Trials Page(StudyState state, StudyQueries.GetTrials q)
    {
        var page = ImmutableArray.CreateBuilder<FrozenTrial>();
        var limit = Math.Clamp(q.Limit, 1, MaxPage);
        var number = Math.Max(0, q.From);
        for (var size = 0; number < state.TrialCount && page.Count < limit; number++)
        {
            var current = state.Live.Find(number)?.State ?? state.Trials.State(number);
            if (!q.States.IsDefaultOrEmpty && !q.States.Contains(current))
                continue;
            var trial = Read(state, number)!;
            size += ChangesPage.SizeOf(trial);
            if (page.Count > 0 && size > ChangesPage.MaxSize)
                break;
            page.Add(trial);
        }

        return new StudyReplies.Trials(page.ToImmutable(), number < state.TrialCount ? number : null);
    }

    private static StudyReplies.Changes Changes(StudyState state, StudyQueries.GetChanges q)
    {
        var page = new ChangesPage(q.Limit);
        var first = Math.Clamp(q.Finished, 0, state.History.Count);
        foreach (var number in state.History.Order[first..state.History.Count])
        {
            if (!page.AddFinished(Read(state, state.Trials.Row(number, state.Params, state.Shapes))))
                return page.Broken(q.Version);
        }

        var version = q.Version;
        foreach (var trial in state.Live.ChangedSince(q.Version))
        {
            if (!page.AddUnfinished(Read(state, trial)))
                return page.Broken(version);
            version = trial.ChangedAt;
        }

        return page.Whole(state.Version);
    }

    private static IStudyReply Best(StudyState state)
    {
        if (state.Directions.Length != 1)
            return new StudyReplies.Rejected(Rejection.WrongObjectiveCount, "A study with several objectives has no single best trial: ask for 'best_trials'.");
        if (state.Best is not { } best)
            return new StudyReplies.Rejected(Rejection.NothingYet, "No trials are completed yet.");
        if (!(state.Trials.Violation(best) > 0))
            return One(Read(state, best)!);
        return state.BestFeasible is { } feasible
            ? One(Read(state, feasible)!)
            : new StudyReplies.Rejected(Rejection.NothingYet, "No feasible trials are completed yet.");
    }

    private static StudyReplies.Trials One(FrozenTrial trial) => new([trial], null);

    private static FrozenTrial Read(StudyState state, LiveTrial t) => new()
    {
        Number = t.Number,
        State = t.State,
        DatetimeStart = t.StartedAt?.UtcDateTime,
        Values = t.Values,
        ParamList = Params(state, CollectionsMarshal.AsSpan(t.Params)),
        UserAttrs = t.UserAttrs.Freeze(),
        SystemAttrs = t.SystemAttrs.Freeze(),
        IntermediateValues = t.Reports,
        Reason = t.Reason,
        Worker = t.Holder,
    };

    private static FrozenTrial Read(StudyState state, FinishedTrial t) => new()
    {
        Number = t.Number,
        State = t.State,
        Values = t.Values,
        DatetimeStart = t.StartedAt == 0 ? null : new DateTime(t.StartedAt, DateTimeKind.Utc),
        DatetimeComplete = t.FinishedAt == 0 ? null : new DateTime(t.FinishedAt, DateTimeKind.Utc),
        ParamList = Params(state, t.Params.AsSpan()),
        UserAttrs = t.Detail.UserAttrs,
        SystemAttrs = t.Detail.SystemAttrs,
        IntermediateValues = t.Detail.Reports,
        Reason = t.Detail.Reason,
        Worker = t.Worker,
    };

    // Whoever reads a long study reads a hundred thousand of these: not one object more than there must be.
    private static ImmutableArray<TrialParam> Params(StudyState state, ReadOnlySpan<ParamValue> values)
    {
        var named = new TrialParam[values.Length];
        for (var i = 0; i < named.Length; i++)
        {
            var def = state.Params[values[i].Param];
            named[i] = new TrialParam(def.Name, def.Distribution, values[i].Value);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(named);
    }
}
