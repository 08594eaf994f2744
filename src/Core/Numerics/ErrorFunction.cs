namespace Optuna.Numerics;

/// <summary>
/// The error function and its complements to full double accuracy, by the rational Chebyshev approximations of
/// W. J. Cody, "Rational Chebyshev approximations for the error function", Math. Comp. 23 (1969).
/// </summary>
internal static class ErrorFunction
{
    private const double SmallLimit = 0.46875;
    private const double InverseSqrtPi = 0.56418958354775628695;

    internal static double Erf(double x)
    {
        var y = Math.Abs(x);
        if (!(y > SmallLimit))
            return Small(x);
        var rest = y > 6 ? 0 : ExpMinusSquare(y) * ScaledTail(y);
        return Math.CopySign(1 - rest, x);
    }

    /// <summary>1 − erf(x), with full relative accuracy for large positive x.</summary>
    internal static double Erfc(double x)
    {
        var y = Math.Abs(x);
        if (!(y > SmallLimit))
            return 1 - Small(x);
        var tail = y > 27.3 ? 0 : ExpMinusSquare(y) * ScaledTail(y);
        return x > 0 ? tail : 2 - tail;
    }

    /// <summary>exp(x²) erfc(x) for x of 0 or more: the tail without its underflow.</summary>
    internal static double Erfcx(double x) => x > SmallLimit ? ScaledTail(x) : Math.Exp(x * x) * (1 - Small(x));

    // The rounding error of the square is kept: at y = 26 it would cost three digits.
    private static double ExpMinusSquare(double y)
    {
        var square = y * y;
        return Math.Exp(-square) * (1 - Math.FusedMultiplyAdd(y, y, -square));
    }

    private static double Small(double x)
    {
        var z = x * x;
        var p = (((((((1.85777706184603153e-1 * z) + 3.16112374387056560e0) * z) + 1.13864154151050156e2) * z)
            + 3.77485237685302021e2) * z) + 3.20937758913846947e3;
        var q = ((((((z + 2.36012909523441209e1) * z) + 2.44024637934444173e2) * z) + 1.28261652607737228e3) * z)
            + 2.84423683343917062e3;
        return x * p / q;
    }

    private static double ScaledTail(double y) => y <= 4 ? Middle(y) : Far(y);

    private static double Middle(double y)
    {
        var p = 2.15311535474403846e-8;
        p = (p * y) + 5.64188496988670089e-1;
        p = (p * y) + 8.88314979438837594e0;
        p = (p * y) + 6.61191906371416295e1;
        p = (p * y) + 2.98635138197400131e2;
        p = (p * y) + 8.81952221241769090e2;
        p = (p * y) + 1.71204761263407058e3;
        p = (p * y) + 2.05107837782607147e3;
        p = (p * y) + 1.23033935479799725e3;
        var q = y + 1.57449261107098347e1;
        q = (q * y) + 1.17693950891312499e2;
        q = (q * y) + 5.37181101862009858e2;
        q = (q * y) + 1.62138957456669019e3;
        q = (q * y) + 3.29079923573345963e3;
        q = (q * y) + 4.36261909014324716e3;
        q = (q * y) + 3.43936767414372164e3;
        q = (q * y) + 1.23033935480374942e3;
        return p / q;
    }

    private static double Far(double y)
    {
        var z = 1 / (y * y);
        var p = 1.63153871373020978e-2;
        p = (p * z) + 3.05326634961232344e-1;
        p = (p * z) + 3.60344899949804439e-1;
        p = (p * z) + 1.25781726111229246e-1;
        p = (p * z) + 1.60837851487422766e-2;
        p = (p * z) + 6.58749161529837803e-4;
        var q = z + 2.56852019228982242e0;
        q = (q * z) + 1.87295284992346047e0;
        q = (q * z) + 5.27905102951428412e-1;
        q = (q * z) + 6.05183413124413191e-2;
        q = (q * z) + 2.33520497626869185e-3;
        return (InverseSqrtPi - (z * p / q)) / y;
    }
}
