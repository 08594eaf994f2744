using CsCheck;
using Optuna.MultiObjective;

namespace Optuna.Tests.MultiObjective;

/// <summary>Random loss vectors with everything that happens: ties, equal points, whole rows of the same value, infinities.</summary>
internal static class Fronts
{
    private static readonly Gen<double> Coarse = Gen.Int[0, 4].Select(i => i / 4.0);

    private static readonly Gen<double> Odd = Gen.Frequency(
        (6, Coarse), (1, Gen.Const(double.PositiveInfinity)), (1, Gen.Const(double.NegativeInfinity)), (1, Gen.Const(-0.0)), (1, Gen.Double[-1, 1]));

    internal static Gen<PointSet> Any => Of(Odd, 1, 5, 40);

    internal static Gen<PointSet> Finite => Of(Gen.Frequency((1, Coarse), (1, Gen.Double[0, 1])), 2, 6, 12);

    private static Gen<PointSet> Of(Gen<double> loss, int least, int most, int points) =>
        from m in Gen.Int[least, most]
        from n in Gen.Int[0, points]
        from values in loss.Array[n * m]
        select new PointSet(values, n, m);

    /// <summary>The text of a set, to tell what failed.</summary>
    internal static string Text(PointSet points) =>
        string.Join("; ", Enumerable.Range(0, points.Count).Select(i => string.Join(" ", points[i].ToArray().Select(v => v.ToString("R")))));
}
