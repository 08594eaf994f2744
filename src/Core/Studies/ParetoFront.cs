using Optuna.MultiObjective;
using Optuna.Trials;

namespace Optuna.Studies;

/// <summary>Complete trials that no other complete trial dominates, in order of number; duplicates of a point are all kept.</summary>
internal static class ParetoFront
{
    /// <summary>Infeasible trials are left out as soon as any trial of the study has constraints.</summary>
    public static IReadOnlyList<int> Of(StudyState state)
    {
        var numbers = new List<int>();
        for (var n = 0; n < state.TrialCount; n++)
        {
            if (state.History.Contains(n) && state.Trials.State(n) == TrialState.Complete && !(state.HasConstraints && state.Trials.Violation(n) > 0))
                numbers.Add(n);
        }

        var losses = new double[numbers.Count * state.Directions.Length];
        var at = 0;
        foreach (var n in numbers)
        {
            for (var k = 0; k < state.Directions.Length; k++)
                losses[at++] = PointSet.Loss(state.Trials.Value(k, n), state.Directions[k]);
        }

        var points = new PointSet(losses, numbers.Count, state.Directions.Length);
        return [.. NonDominated.Rows(points, unique: false).Select(row => numbers[row]).Order()];
    }
}
