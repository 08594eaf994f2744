using Optuna.Numerics;
using Optuna.Samplers.Gp;

namespace Optuna.Terminators;

/// <summary>
/// How far the best that may still be found, anywhere, can lie above the best that surely was, among what was tried; in standard
/// deviations of the values.
/// </summary>
/// <remarks>Makarova et al. 2022, eq. 4, with β of Srinivas et al. 2010 divided by 5 as in its experiments; for maximisation.</remarks>
internal static class StandardizedRegret
{
    private const int Spread = 2048;

    /// <param name="points">What was tried, row by row.</param>
    /// <param name="parameters">How many the study has, those of one value too.</param>
    /// <param name="delta">How probably the bound may fail.</param>
    public static double Of(GaussianProcess process, GpSpace space, double[] points, int parameters, double delta, RandomState random)
    {
        var trials = (double)(points.Length / space.Dimensions);
        var deviations = Math.Sqrt(Math.Max(0, 2 * Math.Log(parameters * trials * trials * Math.PI * Math.PI / 6 / delta) / 5));
        var upper = new BoundAcquisition(process, deviations);
        var best = Math.Max(Greatest(upper, space, points), Greatest(upper, space, space.Spread(Spread, random)));
        return best - Greatest(new BoundAcquisition(process, -deviations), space, points);
    }

    private static double Greatest(BoundAcquisition bound, GpSpace space, double[] points)
    {
        var values = new double[points.Length / space.Dimensions];
        new PointBlocks(bound, space.Dimensions).Evaluate(points, values);
        return values.Max();
    }
}
