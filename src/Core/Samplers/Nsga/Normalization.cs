using Optuna.MultiObjective;
using Optuna.Numerics;

namespace Optuna.Samplers.Nsga;

/// <summary>Brings objective values to one scale: 0 at the best of each, 1 where the plane through the extreme trials meets the axis.</summary>
/// <remarks>Deb and Jain 2014 part I, section IV-C, with the achievement scalarizing function of the paper's preprint.</remarks>
internal static class Normalization
{
    // Infinite values are taken as so many ranges beyond the finite ones.
    private const double Beyond = 3;

    // How much the axes a trial is not extreme for weigh.
    private const double OtherAxes = 1e6;

    internal static PointSet Of(in PointSet values)
    {
        var m = values.Dimensions;
        var normal = values.All.ToArray();
        for (var k = 0; k < m; k++)
            FromBest(normal, m, k);
        var extremes = new double[m][];
        for (var k = 0; k < m; k++)
            extremes[k] = normal.AsSpan(Extreme(normal, m, k) * m, m).ToArray();
        var scale = SmallSystem.HasFullRank(extremes) ? SmallSystem.SolveForOnes(extremes) : ByMaximum(normal, m);
        for (var i = 0; i < normal.Length; i++)
            normal[i] *= double.IsFinite(scale[i % m]) ? scale[i % m] : 1;
        return new PointSet(normal, m);
    }

    private static void FromBest(double[] values, int m, int k)
    {
        var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var i = k; i < values.Length; i += m)
        {
            if (double.IsFinite(values[i]))
                (least, most) = (Math.Min(least, values[i]), Math.Max(most, values[i]));
        }

        // Nothing finite: nobody is better than another.
        if (least > most)
            (least, most) = (0, 0);
        var margin = Beyond * (most - least);
        var best = double.PositiveInfinity;
        for (var i = k; i < values.Length; i += m)
        {
            values[i] = Math.Clamp(values[i], least - margin, most + margin);
            best = Math.Min(best, values[i]);
        }

        for (var i = k; i < values.Length; i += m)
            values[i] -= best;
    }

    private static int Extreme(double[] values, int m, int axis)
    {
        var (best, least) = (0, double.PositiveInfinity);
        for (var row = 0; row < values.Length / m; row++)
        {
            var worst = double.NegativeInfinity;
            for (var k = 0; k < m; k++)
                worst = Math.Max(worst, values[(row * m) + k] * (k == axis ? 1 : OtherAxes));
            if (worst < least)
                (best, least) = (row, worst);
        }

        return best;
    }

    private static double[] ByMaximum(double[] values, int m)
    {
        var scale = new double[m];
        for (var i = 0; i < values.Length; i++)
            scale[i % m] = Math.Max(scale[i % m], values[i]);
        return Array.ConvertAll(scale, most => most == 0 ? 1 : 1 / most);
    }
}
