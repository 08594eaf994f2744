using System.Collections.Immutable;
using System.Globalization;
using Optuna.Distributions;
using Optuna.Studies.State;
using Optuna.Trials;

namespace Optuna.Studies.Rules;

/// <summary>Which value a parameter of a running trial gets, in Optuna's order: had already, fixed, only one possible, drawn jointly, sampled.</summary>
internal static class SuggestRules
{
    public static Decision Suggest(StudyState state, StudyCommands.SuggestParam c)
    {
        if (Holding.Refusal(state, c.Number, c.Lease, out var trial) is { } refusal)
            return refusal;
        var events = new ParamEvents(state);
        if (events.Use(trial, c.Used) is { } misuse)
            return misuse;
        if (ParamEvents.NameFault(c.Name) is { } fault)
            return fault;
        var column = state.Params.Column(c.Name);
        if (Had(state, trial, c, column) is { } had)
            return Again(had, c, events);
        if (ParamEvents.Conflict(c.Name, c.Distribution, column) is { } conflict)
            return conflict;

        var (value, warning) = (0.0, (string?)null);
        if (trial.Fixed.TryGetValue(c.Name, out var external))
        {
            try
            {
                value = c.Distribution.ToInternal(external);
            }
            catch (ArgumentException e)
            {
                return Decision.Refuse(Rejection.InvalidValue, $"Parameter '{c.Name}' of trial {c.Number} was fixed when it was queued: {e.Message}");
            }

            if (!c.Distribution.Contains(value))
                warning = $"The fixed value {external} of parameter '{c.Name}' is out of range of {c.Distribution}.";
        }
        else if (c.Distribution.IsSingle)
        {
            value = c.Distribution.SingleValue;
        }
        else if (Drawn(state, trial, c, column) is { } drawn)
        {
            value = drawn;
        }
        else if (c.Sampled is { } sampled)
        {
            warning = c.Distribution.Contains(sampled) ? null : c.OutOfRange;
            if (warning is null && !c.Distribution.Contains(sampled))
                return Decision.Refuse(Rejection.SamplerFailed, $"The sampler drew {sampled} for parameter '{c.Name}', which is not contained in {c.Distribution}.");
            value = sampled;
        }
        else
        {
            return new Decision(StudyReplies.SampleNeeded.Instance, events.Events);
        }

        var set = new StudyEvents.ParamsSet(c.Number, [events.Place(new TrialParam(c.Name, c.Distribution, value), column)]);
        events.Add(set);
        return new Decision(new StudyReplies.ParamSuggested(value, warning), events.Events);
    }

    public static Decision RecordDrawn(StudyState state, StudyCommands.RecordDrawn c)
    {
        if (Holding.Refusal(state, c.Number, 0, out var trial) is { } refusal)
            return refusal;
        // What it was drawn before (and may have been told its worker) stays: drawn again, it gets only what is new.
        var fresh = c.Params.RemoveAll(p => trial.Drawn.Any(d => state.Params[d.Param].Name == p.Name));
        if (fresh.IsEmpty)
            return Decision.Nothing(StudyReplies.Accepted.Instance);
        var events = new ParamEvents(state);
        events.Add(new StudyEvents.ParamsDrawn(c.Number, trial.Drawn.AddRange(events.Place(fresh))));
        return new Decision(StudyReplies.Accepted.Instance, events.Events);
    }

    // Taken from what was drawn counts as had, also when this very message says so first.
    private static TrialParam? Had(StudyState state, LiveTrial trial, StudyCommands.SuggestParam c, ParamColumn? column)
    {
        if (trial.Suggested(column, state.Params) is { } p)
            return new TrialParam(c.Name, state.Params[p.Param].Distribution, p.Value);

        foreach (var used in c.Used.IsDefault ? [] : c.Used)
        {
            if (used.Name == c.Name)
                return used;
        }

        return null;
    }

    private static Decision Again(TrialParam had, StudyCommands.SuggestParam c, in ParamEvents events)
    {
        if (DistributionCompatibility.Conflict(c.Name, had.Distribution, c.Distribution) is { } sentence)
            return Decision.Refuse(Rejection.IncompatibleDistribution, sentence);
        var warning = had.Distribution.Equals(c.Distribution) ? null
            : $"Inconsistent parameter values for '{c.Name}': trial {c.Number} had it with {had.Distribution} and keeps that value.";
        return new Decision(new StudyReplies.ParamSuggested(had.Value, warning), events.Events);
    }

    private static double? Drawn(StudyState state, LiveTrial trial, StudyCommands.SuggestParam c, ParamColumn? column)
    {
        foreach (var d in trial.Drawn)
        {
            if (state.Params.ColumnOf(d.Param) == column)
                return c.Distribution.Contains(d.Value) ? d.Value : null;
        }

        return null;
    }
}
