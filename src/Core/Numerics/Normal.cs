namespace Optuna.Numerics;

/// <summary>
/// The standard normal distribution, accurate in both tails. Everything is reduced to the upper tail Q(x) = Φ(−x) for
/// x ≥ 0, written as exp(−x²/2) S(x) with the slowly falling factor S, so nothing underflows in logarithms.
/// </summary>
internal static class Normal
{
    /// <summary>ln √(2π).</summary>
    internal const double LogSqrtTwoPi = 0.91893853320467274178;

    private const double SqrtHalf = 0.70710678118654752440;

    /// <summary>Φ(x).</summary>
    internal static double Cdf(double x) => x <= 0 ? UpperTail(-x) : 1 - UpperTail(x);

    /// <summary>Q(x) = 1 − Φ(x) with full relative accuracy for x ≥ 0.</summary>
    internal static double UpperTail(double x)
    {
        if (x < 0)
            return 1 - UpperTail(-x);
        if (x > 38.6)
            return 0;
        var square = x * x;
        return Math.Exp(-0.5 * square) * (1 - (0.5 * Math.FusedMultiplyAdd(x, x, -square))) * ScaledTail(x);
    }

    /// <summary>ln Φ(x), finite for every finite x.</summary>
    internal static double LogCdf(double x)
    {
        if (x > 0)
            return Log1P(-UpperTail(x));
        return double.IsNegativeInfinity(x) ? x : (-0.5 * x * x) + Math.Log(ScaledTail(-x));
    }

    /// <summary>S(x) = Q(x) exp(x²/2) for x ≥ 0.</summary>
    internal static double ScaledTail(double x) => 0.5 * ErrorFunction.Erfcx(x * SqrtHalf);

    /// <summary>ln(Φ(b) − Φ(a)) for a ≤ b, by the tail the interval lies in; −∞ when they are equal.</summary>
    internal static double LogMass(double a, double b)
    {
        if (b <= 0)
            (a, b) = (-b, -a);
        var width = b - a;
        var middle = 0.5 * (a + b);
        if (width * Math.Max(1, Math.Abs(middle)) <= NarrowLimit)
            return LogNarrowMass(middle, width);
        if (a < 0)
            return Log1P(-(UpperTail(-a) + UpperTail(b)));
        return (-0.5 * a * a) + Math.Log(ScaledTail(a) - Beyond(a, b));
    }

    /// <summary>Q(b) exp(a²/2) for 0 ≤ a ≤ b: the far end of an interval in units of its near end's density.</summary>
    internal static double Beyond(double a, double b) =>
        double.IsPositiveInfinity(b) ? 0 : Math.Exp(-0.5 * (b - a) * (b + a)) * ScaledTail(b);

    // ln(1 + x) by Kahan's correction: what 1 + x loses, the quotient gives back. The runtime's LogP1 has no such care.
    private static double Log1P(double x)
    {
        var u = 1 + x;
        return u == 1 ? x : Math.Log(u) * (x / (u - 1));
    }

    private const double NarrowLimit = 0.125;

    // Taylor series of the density about the middle: ∫φ = φ(m) w Σ He₂ₖ(m) (w/2)²ᵏ / (2k+1)!, with Hermite's polynomials
    // Heₙ. The difference of two tails would lose as many digits as the interval is narrow.
    private static double LogNarrowMass(double m, double w)
    {
        var m2 = m * m;
        var h2 = 0.25 * w * w;
        var he4 = ((m2 - 6) * m2) + 3;
        var he6 = ((((m2 - 15) * m2) + 45) * m2) - 15;
        var he8 = ((((((m2 - 28) * m2) + 210) * m2) - 420) * m2) + 105;
        var series = h2 * (((m2 - 1) / 6) + (h2 * ((he4 / 120) + (h2 * ((he6 / 5040) + (h2 * he8 / 362880))))));
        return (-0.5 * m2) - LogSqrtTwoPi + Math.Log(w) + Log1P(series);
    }
}
