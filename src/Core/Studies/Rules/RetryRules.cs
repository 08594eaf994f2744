using System.Collections.Immutable;
using Optuna.Studies.State;
using Optuna.Trials;

namespace Optuna.Studies.Rules;

/// <summary>Optuna's way to try a lost trial again: a new trial that is what the lost one was.</summary>
internal static class RetryRules
{
    /// <summary>A waiting trial with the parameters and attributes of the lost one, and its reports if the study says so.</summary>
    public static StudyEvents.TrialAdded NewAttempt(StudyState state, LiveTrial lost)
    {
        var inherits = state.Retry.InheritIntermediateValues;
        var attrs = lost.SystemAttrs.Freeze();
        return new StudyEvents.TrialAdded(
            state.TrialCount,
            new FrozenTrial
            {
                State = TrialState.Waiting,
                ParamList = [.. lost.Params.Select(p => new TrialParam(state.Params[p.Param].Name, state.Params[p.Param].Distribution, p.Value))],
                UserAttrs = lost.UserAttrs.Freeze(),
                // Rungs are what reports have reached.
                SystemAttrs = Retries.Attrs(lost.Number, inherits ? attrs : [.. attrs.Where(a => !a.Key.StartsWith(RungTable.KeyPrefix, StringComparison.Ordinal))]),
                IntermediateValues = inherits ? lost.Reports : ImmutableSortedDictionary<long, double>.Empty,
            },
            // Nobody has asked for it: a number of its own making, which no asker's can be.
            new Guid(lost.Number, 0, 0, BitConverter.GetBytes(lost.Lease)));
    }
}
