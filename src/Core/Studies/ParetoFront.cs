using Optuna.Trials;

namespace Optuna.Studies;

/// <summary>Complete trials that no other complete trial dominates, in order of number; duplicates of a point are all kept.</summary>
internal static class ParetoFront
{
    /// <summary>Infeasible trials are left out as soon as any trial of the study has constraints.</summary>
    public static IReadOnlyList<int> Of(StudyState state)
    {
        var signs = state.Directions.Select(d => d == StudyDirection.Minimize ? 1.0 : -1.0).ToArray();
        var points = new List<(int Number, double[] Loss)>();
        for (var n = 0; n < state.TrialCount; n++)
        {
            if (!state.History.Contains(n) || state.Trials.State(n) != TrialState.Complete)
                continue;
            if (state.HasConstraints && state.Trials.Violation(n) > 0)
                continue;
            points.Add((n, [.. state.Trials.ValuesOf(n).Select((v, k) => signs[k] * v)]));
        }

        // In lexicographic order a point can only be dominated by one before it.
        points.Sort((a, b) => a.Loss.AsSpan().SequenceCompareTo(b.Loss) is var c and not 0 ? c : a.Number.CompareTo(b.Number));
        var front = new List<(int Number, double[] Loss)>();
        foreach (var p in points)
        {
            if (!front.Exists(f => Dominates(f.Loss, p.Loss)))
                front.Add(p);
        }

        return [.. front.Select(f => f.Number).Order()];
    }

    private static bool Dominates(double[] a, double[] b)
    {
        var better = false;
        for (var k = 0; k < a.Length; k++)
        {
            if (a[k] > b[k])
                return false;
            better |= a[k] < b[k];
        }

        return better;
    }
}
