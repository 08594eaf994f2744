using Optuna.Studies.State;
using Optuna.Trials;

namespace Optuna.Studies.Rules;

/// <summary>What may be said of a running trial: reports and attributes.</summary>
internal static class TrialRules
{
    public static Decision Report(StudyState state, StudyCommands.ReportValue c)
    {
        if (Holding.Refusal(state, c.Number, c.Lease, out var trial) is { } refusal)
            return refusal;
        var values = 1 + (c.More.IsDefault ? 0 : c.More.Length);
        if (state.Directions.Length != values)
            return Decision.Refuse(Rejection.WrongObjectiveCount, $"A report of {values} values is not possible in a study with {state.Directions.Length} objectives.");
        if (c.Step < 0)
            return Decision.Refuse(Rejection.InvalidValue, $"'step' must not be negative (it is {c.Step}).");
        var events = new ParamEvents(state);
        if (events.Use(trial, c.Used) is { } misuse)
            return misuse;
        // The first value of a step stays, as in Optuna.
        if (state.HasReport(trial, c.Step))
            return new Decision(StudyReplies.Accepted.Instance, events.Events);
        if (values == 1)
        {
            events.Add(new StudyEvents.ValueReported(c.Number, c.Step, c.Value));
        }
        else
        {
            var (key, json) = (VectorReports.Key(c.Step), VectorReports.Write(c.Value, c.More));
            if (trial.SystemAttrs.Overflow(key, json) is { } overflow)
                return Decision.Refuse(Rejection.InvalidValue, overflow);
            events.Add(new StudyEvents.TrialAttrSet(c.Number, AttrKind.System, key, json));
        }

        return new Decision(StudyReplies.Accepted.Instance, events.Events);
    }

    public static Decision AdvisePrune(StudyState state, StudyCommands.AdvisePrune c) =>
        Holding.Refusal(state, c.Number, 0, out _)
        ?? Decision.Of(StudyReplies.Accepted.Instance, new StudyEvents.PruneAdvised(c.Number, c.Step));

    public static Decision SetAttr(StudyState state, StudyCommands.SetTrialAttr c)
    {
        if (Holding.Refusal(state, c.Number, c.Lease, out var trial, c.EvenWaiting) is { } refusal)
            return refusal;
        if (StudyRules.AttrFault(c.Key, c.Json) is { } fault)
            return Decision.Refuse(Rejection.InvalidValue, fault);
        var attrs = c.Kind == AttrKind.User ? trial.UserAttrs : trial.SystemAttrs;
        if (attrs.Overflow(c.Key, c.Json) is { } overflow)
            return Decision.Refuse(Rejection.InvalidValue, overflow);
        return attrs[c.Key] == c.Json
            ? Decision.Nothing(StudyReplies.Accepted.Instance)
            : Decision.Of(StudyReplies.Accepted.Instance, new StudyEvents.TrialAttrSet(c.Number, c.Kind, c.Key, c.Json));
    }
}
