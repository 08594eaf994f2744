namespace Optuna.MultiObjective;

/// <summary>Which of two trials is better, if one is.</summary>
internal static class Domination
{
    /// <summary>Nowhere worse and somewhere better.</summary>
    internal static bool Dominates(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
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

    /// <summary>Nowhere worse: dominating or equal.</summary>
    internal static bool Covers(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        for (var k = 0; k < a.Length; k++)
        {
            if (a[k] > b[k])
                return false;
        }

        return true;
    }

    /// <summary>
    /// Deb et al. 2002, definition 1: what violates no constraint dominates what does, of two that do the one that violates less, and
    /// of two that do not the one that dominates by its losses.
    /// </summary>
    /// <param name="violationOfA">Sum of the positive constraint values; NaN without constraints, which counts as 0.</param>
    /// <param name="violationOfB">The same of <paramref name="b"/>.</param>
    internal static bool Dominates(ReadOnlySpan<double> a, double violationOfA, ReadOnlySpan<double> b, double violationOfB) =>
        (violationOfA > 0, violationOfB > 0) switch
        {
            (false, false) => Dominates(a, b),
            (true, true) => violationOfA < violationOfB,
            var (infeasible, _) => !infeasible,
        };
}
