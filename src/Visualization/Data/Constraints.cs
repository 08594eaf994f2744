using Optuna.Trials;

namespace Optuna.Visualization;

internal static class Constraints
{
    /// <summary>The grey of what violates a constraint.</summary>
    internal const string Grey = "#cccccc";

    /// <summary>No constraint value is above 0; a trial without any is feasible.</summary>
    internal static bool IsFeasible(FrozenTrial trial) => !HasAny(trial) || trial.Constraints.Values.All(v => v <= 0);

    internal static bool HasAny(FrozenTrial trial)
    {
        foreach (var attr in trial.SystemAttrs)
        {
            if (TrialConstraints.IsConstraint(attr.Key))
                return true;
        }

        return false;
    }
}
