using System.Collections.Immutable;
using Optuna.Studies.State;
using Optuna.Trials;

namespace Optuna.Studies.Rules;

/// <summary>Where trials come from: asked for, queued, added.</summary>
internal static class AskRules
{
    public static Decision Ask(StudyState state, StudyCommands.AskTrial c, DateTimeOffset now)
    {
        if (state.Live.FindByRequest(c.RequestId) is { } given)
            return Decision.Nothing(Answer(state, given));
        if (state.Requests.Find(c.RequestId) is { } done && state.History.Contains(done))
            return Decision.Refuse(Rejection.TrialFinished, $"This request got trial {done}, which is finished: ask with a new request.");
        if (FleetRules.Holds(state, c) is { } reason)
            return Decision.Nothing(new StudyReplies.NoTrialLeft(state.Live.RunningCount, reason));
        var waiting = state.Live.NextWaiting;
        var number = waiting?.Number ?? state.TrialCount;
        var started = new StudyEvents.TrialStarted(number, c.Worker, c.RequestId, state.Version + 1, now);
        return Decision.Of(
            waiting is null ? Answer(started) : Answer(state, waiting) with { Lease = started.Lease, StartedAt = now },
            started);
    }

    public static Decision Enqueue(StudyState state, StudyCommands.EnqueueTrial c)
    {
        if (state.Requests.Find(c.RequestId) is { } known)
            return Decision.Nothing(new StudyReplies.TrialAdded(known));
        if (FixedParams.Parse(c.Params) is not { } wanted)
            return Decision.Refuse(Rejection.InvalidValue, "'params' must be a JSON object of names and values.");
        if (AttrsFault(c.UserAttrs) is { } fault)
            return Decision.Refuse(Rejection.InvalidValue, fault);
        if (c.SkipIfExists && Exists(state, wanted))
            return Decision.Nothing(new StudyReplies.TrialAdded(-1));
        var trial = new FrozenTrial
        {
            State = TrialState.Waiting,
            UserAttrs = c.UserAttrs,
            SystemAttrs = [KeyValuePair.Create(FixedParams.Key, c.Params)],
        };
        return Decision.Of(
            new StudyReplies.TrialAdded(state.TrialCount), new StudyEvents.TrialAdded(state.TrialCount, trial, c.RequestId));
    }

    public static Decision Add(StudyState state, StudyCommands.AddTrial c)
    {
        if (state.Requests.Find(c.RequestId) is { } known)
            return Decision.Nothing(new StudyReplies.TrialAdded(known));
        var trial = c.Trial;
        try
        {
            trial.Validate();
        }
        catch (ArgumentException e)
        {
            return Decision.Refuse(Rejection.InvalidValue, e.Message);
        }

        if (!trial.Values.IsEmpty && trial.Values.Length != state.Directions.Length)
            return Decision.Refuse(Rejection.InvalidValue, TellRules.CountFault(state, trial.Values.Length));
        if ((AttrsFault(trial.UserAttrs) ?? AttrsFault(trial.SystemAttrs)) is { } fault)
            return Decision.Refuse(Rejection.InvalidValue, fault);
        var events = new ParamEvents(state);
        foreach (var p in trial.ParamList)
        {
            if (events.Fault(p.Name, p.Distribution) is { } refusal)
                return refusal;
        }

        events.Place(trial.ParamList);
        events.Add(new StudyEvents.TrialAdded(state.TrialCount, trial, c.RequestId));
        return new Decision(new StudyReplies.TrialAdded(state.TrialCount), events.Events);
    }

    private static StudyReplies.TrialAsked Answer(StudyEvents.TrialStarted e) => new(e.Number, e.Lease, e.At, [], [], [], []);

    private static StudyReplies.TrialAsked Answer(StudyState state, LiveTrial trial) => new(
        trial.Number, trial.Lease, trial.StartedAt ?? default,
        [.. trial.Drawn.Where(d => !trial.Fixed.ContainsKey(state.Params[d.Param].Name))
            .Select(d => new TrialParam(state.Params[d.Param].Name, state.Params[d.Param].Distribution, d.Value))],
        [.. trial.Fixed.Keys], trial.UserAttrs.Freeze(), trial.SystemAttrs.Freeze());

    private static bool Exists(StudyState state, Dictionary<string, object?> wanted)
    {
        for (var number = 0; number < state.TrialCount; number++)
        {
            if (FixedParams.Match(ParamsOf(state, number), wanted))
                return true;
        }

        return false;
    }

    private static IReadOnlyDictionary<string, object?> ParamsOf(StudyState state, int number)
    {
        if (state.Live.Find(number) is { } live)
        {
            if (live.SystemAttrs[FixedParams.Key] is not null)
                return live.Fixed;
            return live.Params.ToDictionary(p => state.Params[p.Param].Name, p => state.Params[p.Param].Distribution.ToExternal(p.Value));
        }

        var attrs = state.Trials.Detail(number).SystemAttrs;
        return attrs.Any(a => a.Key == FixedParams.Key) ? FixedParams.Read(attrs) : TrialReader.Read(state, number)!.Params;
    }

    internal static string? AttrsFault(ImmutableArray<KeyValuePair<string, string>> attrs)
    {
        foreach (var (key, json) in attrs)
        {
            if (StudyRules.AttrFault(key, json) is { } fault)
                return fault;
        }

        return null;
    }
}
