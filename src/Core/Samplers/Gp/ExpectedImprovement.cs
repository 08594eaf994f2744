using Optuna.Numerics;

namespace Optuna.Samplers.Gp;

/// <summary>The logarithm of h(z) = φ(z) + z Φ(z), the expected improvement of a standard normal number over −z, where h itself would underflow.</summary>
/// <remarks>Ament et al., "Unexpected Improvements to Expected Improvement for Bayesian Optimization" (arXiv 2310.20708), eq. (9).</remarks>
internal static class ExpectedImprovement
{
    private const double SqrtHalf = 0.70710678118654752440;
    private const double SqrtHalfPi = 1.2533141373155002512;
    private const double InverseSqrtTwoPi = 0.39894228040143267794;

    // Below it 1 + z Φ/φ has lost some digits to cancellation; its series in 1/z² has not.
    private const double SeriesLimit = -30;

    /// <summary>ln h(z) and its derivative h′/h = Φ/h.</summary>
    internal static (double Log, double Slope) At(double z)
    {
        if (z > -1)
        {
            var cdf = 0.5 * ErrorFunction.Erfc(-SqrtHalf * z);
            var h = (InverseSqrtTwoPi * Math.Exp(-0.5 * z * z)) + (z * cdf);
            return (Math.Log(h), cdf / h);
        }

        // Mills' ratio Φ/φ, and h/φ = 1 + z Φ/φ ≈ 1/z² − 3/z⁴ + 15/z⁶ − …
        var mills = SqrtHalfPi * ErrorFunction.Erfcx(-SqrtHalf * z);
        var rest = 1 + (z * mills);
        if (z < SeriesLimit)
        {
            var w = 1 / (z * z);
            rest = w * (1 - (w * (3 - (w * (15 - (w * (105 - (w * (945 - (w * 10395))))))))));
        }

        return ((-0.5 * z * z) - Normal.LogSqrtTwoPi + Math.Log(rest), mills / rest);
    }

    /// <summary>ln Φ(z) and its derivative φ/Φ.</summary>
    internal static (double Log, double Slope) Probability(double z)
    {
        var log = Normal.LogCdf(z);
        var slope = z <= 0
            ? 1 / (SqrtHalfPi * ErrorFunction.Erfcx(-SqrtHalf * z))
            : InverseSqrtTwoPi * Math.Exp(-0.5 * z * z) / (1 - Normal.UpperTail(z));
        return (log, slope);
    }
}
