using System.Collections.Immutable;
using Optuna.Studies.State;
using Optuna.Trials;

namespace Optuna.Studies.Rules;

/// <summary>How trials end.</summary>
internal static class TellRules
{
    public static Decision Tell(StudyState state, StudyCommands.TellTrial c, DateTimeOffset now)
    {
        var values = c.Values.IsDefault ? [] : c.Values;
        if (state.Live.Find(c.Number) is null && Again(state, c, values) is { } again)
            return again;
        if (Holding.Refusal(state, c.Number, c.Lease, out var trial) is { } refusal)
            return refusal;
        if (c.State is TrialState.Running or TrialState.Waiting || (c.State is { } s && !Enum.IsDefined(s)))
            return Decision.Refuse(Rejection.InvalidValue, $"A trial cannot be told the state {c.State}: use complete, pruned or fail.");
        if (c.State is TrialState.Pruned or TrialState.Fail && !values.IsEmpty)
            return Decision.Refuse(Rejection.InvalidValue, $"Values cannot be told with the state {c.State}.");
        var fault = c.State is null or TrialState.Complete ? ValueFault(state, values) : null;
        if (c.State == TrialState.Complete && fault is not null)
            return Decision.Refuse(Rejection.InvalidValue, fault);

        var events = new ParamEvents(state);
        if (events.Use(trial, c.Used) is { } misuse)
            return misuse;
        var end = c.State ?? (fault is null ? TrialState.Complete : TrialState.Fail);
        var kept = end switch
        {
            TrialState.Complete => values,
            TrialState.Pruned => LastReport(state, trial),
            _ => [],
        };
        events.Add(new StudyEvents.TrialFinished(c.Number, end, kept, c.Reason ?? fault, now));
        return new Decision(new StudyReplies.TrialTold(end, kept, fault), events.Events);
    }

    public static Decision Abandon(StudyState state, StudyCommands.AbandonTrial c, DateTimeOffset now)
    {
        if (Holding.Refusal(state, c.Number, c.Lease, out var trial) is { } refusal)
            return refusal;
        if (!state.Retry.AsNewTrial && trial.Losses < state.Retry.Limit)
            return Decision.Of(StudyReplies.Accepted.Instance, new StudyEvents.TrialRequeued(c.Number, c.Reason, now));
        var failed = new StudyEvents.TrialFinished(c.Number, TrialState.Fail, [], c.Reason, now);
        return state.Retry.AsNewTrial && Retries.History(trial.SystemAttrs.Freeze()).Length < state.Retry.Limit
            ? Decision.Of(StudyReplies.Accepted.Instance, failed, RetryRules.NewAttempt(state, trial))
            : Decision.Of(StudyReplies.Accepted.Instance, failed);
    }

    public static string CountFault(StudyState state, int given) =>
        $"The study has {state.Directions.Length} objective(s), but {given} value(s) were given.";

    /// <summary>A finished trial told once more: the same holder gets the same answer, everybody else is refused.</summary>
    private static Decision? Again(StudyState state, StudyCommands.TellTrial c, ImmutableArray<double> values)
    {
        if (!state.History.Contains(c.Number))
            return null;
        var (end, kept) = (state.Trials.State(c.Number), state.Trials.ValuesOf(c.Number));
        if (c.SkipIfFinished)
            return Decision.Nothing(new StudyReplies.TrialTold(end, kept, null));
        if (c.Lease == 0 || state.Trials.Lease(c.Number) != c.Lease)
            return null;
        var same = end switch
        {
            TrialState.Complete => c.State is null or TrialState.Complete && kept.AsSpan().SequenceEqual(values.AsSpan()),
            TrialState.Pruned => c.State == TrialState.Pruned,
            _ => c.State == TrialState.Fail || (c.State is null && ValueFault(state, values) is not null),
        };
        return same ? Decision.Nothing(new StudyReplies.TrialTold(end, kept, null)) : null;
    }

    private static string? ValueFault(StudyState state, ImmutableArray<double> values) =>
        values.IsEmpty ? "The objective gave no value."
        : values.Length != state.Directions.Length ? CountFault(state, values.Length)
        : values.Any(double.IsNaN) ? "The value NaN is not acceptable."
        : null;

    private static ImmutableArray<double> LastReport(StudyState state, LiveTrial trial)
    {
        if (state.Directions.Length != 1 || trial.Reports.IsEmpty)
            return [];
        var last = trial.Reports[trial.LastStep];
        return double.IsNaN(last) ? [] : [last];
    }
}
