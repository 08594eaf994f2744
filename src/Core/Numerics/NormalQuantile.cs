namespace Optuna.Numerics;

/// <summary>
/// The inverse of the standard normal distribution: M. J. Wichura's rational approximations PPND16, "Algorithm AS 241",
/// Applied Statistics 37 (1988), and Newton steps on ln Q beyond the reach of doubles.
/// </summary>
internal static class NormalQuantile
{
    /// <summary>The x with Φ(x) = lower, where upper = 1 − lower is given too so that neither tail loses digits.</summary>
    internal static double At(double lower, double upper)
    {
        var fromMiddle = lower < upper ? lower - 0.5 : 0.5 - upper;
        if (Math.Abs(fromMiddle) <= 0.425)
            return Central(fromMiddle);
        return lower < upper ? -OfLogTail(Math.Log(lower)) : OfLogTail(Math.Log(upper));
    }

    /// <summary>The x ≥ 0 with ln Q(x) = logTail, for logTail up to ln ½.</summary>
    internal static double OfLogTail(double logTail)
    {
        var r = Math.Sqrt(-logTail);
        if (r <= 5)
            return logTail > CentralLimit ? Central(0.5 - Math.Exp(logTail)) : Near(r - 1.6);
        return r <= 26 ? Far(r - 5) : Newton(logTail);
    }

    // ln 0.075: where |Φ − ½| = 0.425.
    private const double CentralLimit = -2.5902671654458266;

    private static double Newton(double logTail)
    {
        if (double.IsNegativeInfinity(logTail))
            return double.PositiveInfinity;

        // Q(x) ≈ φ(x)/x, and d ln Q / dx = −φ/Q = −1/(√(2π) S).
        var x = Math.Sqrt(-2 * (logTail + Normal.LogSqrtTwoPi));
        x = Math.Sqrt(-2 * (logTail + Normal.LogSqrtTwoPi + Math.Log(x)));
        for (var i = 0; i < 4; i++)
        {
            var s = Normal.ScaledTail(x);
            x += ((-0.5 * x * x) + Math.Log(s) - logTail) * 2.5066282746310002 * s;
        }
        return x;
    }

    private static double Central(double q)
    {
        var r = 0.180625 - (q * q);
        var p = 2.5090809287301226727e+3;
        p = (p * r) + 3.3430575583588128105e+4;
        p = (p * r) + 6.7265770927008700853e+4;
        p = (p * r) + 4.5921953931549871457e+4;
        p = (p * r) + 1.3731693765509461125e+4;
        p = (p * r) + 1.9715909503065514427e+3;
        p = (p * r) + 1.3314166789178437745e+2;
        p = (p * r) + 3.3871328727963666080e0;
        var d = 5.2264952788528545610e+3;
        d = (d * r) + 2.8729085735721942674e+4;
        d = (d * r) + 3.9307895800092710610e+4;
        d = (d * r) + 2.1213794301586595867e+4;
        d = (d * r) + 5.3941960214247511077e+3;
        d = (d * r) + 6.8718700749205790830e+2;
        d = (d * r) + 4.2313330701600911252e+1;
        d = (d * r) + 1;
        return q * p / d;
    }

    private static double Near(double r)
    {
        var p = 7.74545014278341407640e-4;
        p = (p * r) + 2.27238449892691845833e-2;
        p = (p * r) + 2.41780725177450611770e-1;
        p = (p * r) + 1.27045825245236838258e0;
        p = (p * r) + 3.64784832476320460504e0;
        p = (p * r) + 5.76949722146069140550e0;
        p = (p * r) + 4.63033784615654529590e0;
        p = (p * r) + 1.42343711074968357734e0;
        var d = 1.05075007164441684324e-9;
        d = (d * r) + 5.47593808499534494600e-4;
        d = (d * r) + 1.51986665636164571966e-2;
        d = (d * r) + 1.48103976427480074590e-1;
        d = (d * r) + 6.89767334985100004550e-1;
        d = (d * r) + 1.67638483018380384940e0;
        d = (d * r) + 2.05319162663775882187e0;
        d = (d * r) + 1;
        return p / d;
    }

    private static double Far(double r)
    {
        var p = 2.01033439929228813265e-7;
        p = (p * r) + 2.71155556874348757815e-5;
        p = (p * r) + 1.24266094738807843860e-3;
        p = (p * r) + 2.65321895265761230930e-2;
        p = (p * r) + 2.96560571828504891230e-1;
        p = (p * r) + 1.78482653991729133580e0;
        p = (p * r) + 5.46378491116411436990e0;
        p = (p * r) + 6.65790464350110377720e0;
        var d = 2.04426310338993978564e-15;
        d = (d * r) + 1.42151175831644588870e-7;
        d = (d * r) + 1.84631831751005468180e-5;
        d = (d * r) + 7.86869131145613259100e-4;
        d = (d * r) + 1.48753612908506148525e-2;
        d = (d * r) + 1.36929880922735805310e-1;
        d = (d * r) + 5.99832206555887937690e-1;
        d = (d * r) + 1;
        return p / d;
    }
}
