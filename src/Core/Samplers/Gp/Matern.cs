using System.Runtime.CompilerServices;
using Optuna.Numerics;

namespace Optuna.Samplers.Gp;

/// <summary>
/// The Matérn kernel of smoothness 5/2, k(r²) = s (1 + √5 r + 5r²/3) exp(−√5 r), where r² adds up squared differences over
/// squared length scales; choices differ by 1 or not at all.
/// </summary>
internal static class Matern
{
    // Beyond it the kernel is 0 to every purpose, and the exponential leaves its range.
    private const double Furthest = 690;

    /// <summary>The kernel and its derivative by r².</summary>
    internal static (T Kernel, T Slope) At<T>(T squares, T scale)
        where T : struct, ILanes<T>
    {
        var five = T.All(5) * squares;
        var q = T.Sqrt(five);
        var e = scale * T.Exp(T.Max(T.All(0) - q, T.All(-Furthest)));
        var one = T.All(1) + q;
        return (e * T.MultiplyAdd(five, T.All(1.0 / 3), one), e * one * T.All(-5.0 / 6));
    }

    /// <summary>Eight points' squared distances from one, added to nothing: both scaled by their length scales, dimension by dimension.</summary>
    /// <param name="one">A coordinate per dimension, <paramref name="oneStride"/> apart.</param>
    /// <param name="many">Rows of points side by side, <paramref name="manyStride"/> apart.</param>
    internal static T Squares<T>(
        ReadOnlySpan<bool> isCategorical, ReadOnlySpan<double> inverseSquares, ref double one, int oneStride, ref double many, int manyStride)
        where T : struct, ILanes<T>
    {
        var sum = T.All(0);
        for (var d = 0; d < isCategorical.Length; d++)
        {
            var a = T.All(Unsafe.Add(ref one, d * oneStride));
            var b = T.Load(ref many, (nuint)(d * manyStride));
            if (isCategorical[d])
            {
                sum += T.WhereDifferent(a, b, T.All(inverseSquares[d]));
            }
            else
            {
                var difference = b - a;
                sum = T.MultiplyAdd(difference, difference, sum);
            }
        }

        return sum;
    }

    /// <summary>Coordinates over length scales, as <see cref="Squares"/> takes them; choices stay as they are.</summary>
    internal static double Root(bool isCategorical, double inverseSquare) => isCategorical ? 1 : Math.Sqrt(inverseSquare);
}
