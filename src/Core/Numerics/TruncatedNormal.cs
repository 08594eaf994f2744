namespace Optuna.Numerics;

/// <summary>The standard normal distribution cut to [a, b].</summary>
internal static class TruncatedNormal
{
    /// <summary>
    /// The point with a share <paramref name="q"/> of the mass below it: a at 0, b at 1, NaN when the interval is a point.
    /// </summary>
    internal static double Quantile(double q, double a, double b)
    {
        if (a == b)
            return double.NaN;
        if (q == 0)
            return a;
        if (q == 1)
            return b;
        if (a >= 0)
            return Math.Clamp(InTail(1 - q, a, b), a, b);
        if (b <= 0)
            return Math.Clamp(-InTail(q, -b, -a), a, b);

        var (below, above) = (Normal.UpperTail(-a), Normal.UpperTail(b));
        var mass = 1 - (below + above);
        return Math.Clamp(NormalQuantile.At(below + (q * mass), above + ((1 - q) * mass)), a, b);
    }

    // The point of [a, b], 0 ≤ a, with a share t of the mass above it. In units of exp(−a²/2), which may underflow.
    private static double InTail(double t, double a, double b)
    {
        var beyond = Normal.Beyond(a, b);
        return NormalQuantile.OfLogTail((-0.5 * a * a) + Math.Log(beyond + (t * (Normal.ScaledTail(a) - beyond))));
    }
}
