using System.Collections.Immutable;
using Optuna.Distributions;
using Optuna.Studies.State;
using Optuna.Trials;

namespace Optuna.Studies.Rules;

/// <summary>Optuna's storage contract (its BaseStorage): the trial's state is looked at before anything else.</summary>
internal static class StorageRules
{
    public static Decision Create(StudyState state, StorageCommands.CreateTrial c, DateTimeOffset now)
    {
        if (Again(state, c.RequestId) is { } given)
            return Decision.Nothing(new StudyReplies.TrialAdded(given));
        var number = state.TrialCount;
        var reply = new StudyReplies.TrialAdded(number);
        if (c.Template is not { } trial)
            return Decision.Of(reply, new StudyEvents.TrialStarted(number, Own(c.Worker, number), c.RequestId, state.Version + 1, now));
        if (Fault(state, trial) is { } fault)
            return Decision.Refuse(Rejection.InvalidValue, fault);
        var events = new ParamEvents(state);
        Add(ref events, number, trial, c.RequestId);
        return new Decision(reply, events.Events);
    }

    public static Decision Add(StudyState state, StorageCommands.AddTrials c)
    {
        var trials = c.Trials.IsDefault ? [] : c.Trials;
        if (c.First < state.TrialCount && c.First + trials.Length == state.TrialCount)
            return Decision.Nothing(new StudyReplies.TrialAdded(c.First));
        if (c.First != state.TrialCount)
        {
            return Decision.Refuse(Rejection.InvalidValue,
                $"'first' must be the study's next number, {state.TrialCount} (it is {c.First}): somebody else adds trials too.");
        }

        var events = new ParamEvents(state);
        for (var i = 0; i < trials.Length; i++)
        {
            if (Fault(state, trials[i]) is { } fault)
                return Decision.Refuse(Rejection.InvalidValue, $"Trial {c.First + i}: {fault}");
            Add(ref events, c.First + i, trials[i], Guid.Empty);
        }

        return new Decision(new StudyReplies.TrialAdded(c.First), events.Events);
    }

    public static Decision SetParam(StudyState state, StorageCommands.SetTrialParam c)
    {
        if (Holding.Refusal(state, c.Number, 0, out var trial, evenWaiting: true) is { } refusal)
            return refusal;
        var events = new ParamEvents(state);
        if (events.Fault(c.Name, c.Distribution) is { } conflict)
            return conflict;
        if (ValueFault(c.Name, c.Value, c.Distribution) is { } fault)
            return Decision.Refuse(Rejection.InvalidValue, fault);
        var placed = events.PlaceExactly(new TrialParam(c.Name, c.Distribution, c.Value));
        if (trial.Suggested(state.Params.Column(c.Name), state.Params) == placed)
            return Decision.Nothing(StudyReplies.Accepted.Instance);
        events.Add(new StudyEvents.ParamReplaced(c.Number, placed));
        return new Decision(StudyReplies.Accepted.Instance, events.Events);
    }

    public static Decision SetState(StudyState state, StorageCommands.SetTrialState c, DateTimeOffset now)
    {
        if (Again(state, c.RequestId) == c.Number)
            return Decision.Nothing(new StudyReplies.TrialStateSet(true));
        if (Holding.Refusal(state, c.Number, 0, out var trial, evenWaiting: true) is { } refusal)
            return refusal;
        if (!Enum.IsDefined(c.State))
            return Decision.Refuse(Rejection.InvalidValue, $"'state' must be a trial state (it is {c.State}).");
        var values = c.Values.IsDefault ? [] : c.Values;
        if (ValuesFault(state, values) is { } fault)
            return Decision.Refuse(Rejection.InvalidValue, fault);
        return c.State == TrialState.Running && trial.State != TrialState.Waiting
            ? Decision.Nothing(new StudyReplies.TrialStateSet(false))
            : Decision.Of(new StudyReplies.TrialStateSet(true), new StudyEvents.TrialStateSet(c.Number, c.State, values, Own(c.Worker, c.Number), c.RequestId, now));
    }

    public static Decision SetIntermediateValue(StudyState state, StorageCommands.SetIntermediateValue c)
    {
        if (Holding.Refusal(state, c.Number, 0, out var trial, evenWaiting: true) is { } refusal)
            return refusal;
        if (c.Step < 0)
            return Decision.Refuse(Rejection.InvalidValue, $"'step' must not be negative (it is {c.Step}).");
        return trial.Reports.TryGetValue(c.Step, out var had) && had.Equals(c.Value)
            ? Decision.Nothing(StudyReplies.Accepted.Instance)
            : Decision.Of(StudyReplies.Accepted.Instance, new StudyEvents.ValueReported(c.Number, c.Step, c.Value));
    }

    /// <summary>Who holds the trials of storage clients, as far as somebody watches over them.</summary>
    public static readonly WorkerId Clients = new("grpc");

    /// <summary>The worker of this trial alone: whichever node hears of the trial can tell who it is.</summary>
    public static WorkerId Own(WorkerId worker, int number) => string.IsNullOrEmpty(worker.Value) ? new WorkerId("") : new WorkerId($"{worker.Value}#{number}");

    /// <summary>A worker as people know it, null for nobody: storage clients are one worker, whatever each trial's own is called.</summary>
    public static string? NameOf(WorkerId worker, int number) => worker.Value is not { Length: > 0 } name ? null
        : name.StartsWith(Clients.Value, StringComparison.Ordinal) && worker == Own(Clients, number) ? Clients.Value
        : name;

    private static int? Again(StudyState state, Guid request) => request == Guid.Empty ? null : state.Requests.Find(request);

    private static void Add(ref ParamEvents events, int number, FrozenTrial trial, Guid request)
    {
        foreach (var p in trial.ParamList)
            events.PlaceExactly(p);
        events.Add(new StudyEvents.TrialAdded(number, trial, request));
    }

    // Unlike a study's own AddTrial this takes what a foreign store holds: values of a running trial, a distribution that
    // does not fit the name's earlier ones, a result without values.
    private static string? Fault(StudyState state, FrozenTrial trial)
    {
        if (!Enum.IsDefined(trial.State))
            return $"'state' must be a trial state (it is {trial.State}).";
        if ((ValuesFault(state, trial.Values) ?? AskRules.AttrsFault(trial.UserAttrs) ?? AskRules.AttrsFault(trial.SystemAttrs)) is { } fault)
            return fault;
        if (!trial.IntermediateValues.IsEmpty && trial.IntermediateValues.Keys.First() is < 0 and var step)
            return $"'step' must not be negative (it is {step}).";
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var p in trial.ParamList)
        {
            if (ParamEvents.NameFault(p.Name) is { Reply: StudyReplies.Rejected refused })
                return refused.Sentence;
            if (!seen.Add(p.Name))
                return $"Parameter '{p.Name}' stands twice.";
            if (ValueFault(p.Name, p.Value, p.Distribution) is { } wrong)
                return wrong;
        }

        return null;
    }

    private static string? ValuesFault(StudyState state, ImmutableArray<double> values) =>
        !values.IsEmpty && values.Length != state.Directions.Length ? TellRules.CountFault(state, values.Length)
        : values.Any(double.IsNaN) ? "The value NaN is not acceptable."
        : null;

    // Out of range is allowed, as for fixed parameters; what no sampler could read is not.
    private static string? ValueFault(string name, double value, Distribution distribution) =>
        distribution is CategoricalDistribution ? distribution.Contains(value) ? null
            : $"Parameter '{name}': {value} is not the index of a choice of {distribution}."
        : !double.IsFinite(value) ? $"Parameter '{name}': the value {value} is not a finite number."
        : value <= 0 && distribution is FloatDistribution { Log: true } or IntDistribution { Log: true }
            ? $"Parameter '{name}': the value {value} must be positive, since {distribution} is logarithmic."
        : null;
}
