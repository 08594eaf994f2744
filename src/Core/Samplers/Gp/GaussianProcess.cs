using Optuna.Numerics;

namespace Optuna.Samplers.Gp;

/// <summary>
/// A function known at some points, up to noise. What is to be known of a new point x lies in its features
/// u = U⁻ᵀ k(x), where UᵀU is the covariance of what was observed: the mean is u·v, the variance s − |u|².
/// </summary>
/// <remarks>Rasmussen and Williams, "Gaussian Processes for Machine Learning" (2006), algorithm 2.1. Immutable.</remarks>
internal sealed class GaussianProcess
{
    private const int Block = SquareMatrix.Block;

    // Lets points be added that stand (nearly) where others are.
    private const double Jitter = 1e-12;

    private readonly bool[] _isCategorical;
    private readonly double[] _rows;

    private GaussianProcess(KernelParameters parameters, bool[] isCategorical, double[] rows, SquareMatrix factor, int observed, double[] whitened)
    {
        (Parameters, _isCategorical, _rows, Factor, Observed, Whitened) = (parameters, isCategorical, rows, factor, observed, whitened);
        Roots = new double[isCategorical.Length];
        for (var d = 0; d < Roots.Length; d++)
            Roots[d] = Matern.Root(isCategorical[d], parameters.InverseSquares[d]);
        Transposed = new SquareMatrix(factor.Size);
        Cholesky.Transpose(factor, Transposed);
    }

    internal KernelParameters Parameters { get; }

    internal int Dimensions => _isCategorical.Length;

    /// <summary>Points with a value; those after them (see <see cref="With"/>) have none.</summary>
    internal int Observed { get; }

    /// <summary>All points.</summary>
    internal int Count => Factor.Size;

    /// <summary>U.</summary>
    internal SquareMatrix Factor { get; }

    internal SquareMatrix Transposed { get; }

    /// <summary>v = U⁻ᵀ y; 0 for points without a value.</summary>
    internal double[] Whitened { get; }

    /// <summary>What a coordinate is multiplied with before distances are taken: 1/ℓ, or 1 for choices.</summary>
    internal double[] Roots { get; }

    internal ReadOnlySpan<bool> IsCategorical => _isCategorical;

    /// <summary>All points by rows, multiplied with <see cref="Roots"/>.</summary>
    internal double[] Rows => _rows;

    /// <param name="points">Row by row.</param>
    /// <returns>Null when the points' covariance cannot be factored.</returns>
    internal static GaussianProcess? Of(ReadOnlySpan<double> points, ReadOnlySpan<double> values, bool[] isCategorical, KernelParameters parameters)
    {
        var rows = Scaled(points, isCategorical, parameters);
        var factor = new SquareMatrix(values.Length);
        Fill(factor, rows, isCategorical, parameters, 0, values.Length);
        if (!Cholesky.Factor(factor))
            return null;
        var right = new double[factor.Padded * Block];
        for (var i = 0; i < values.Length; i++)
            right[i * Block] = values[i];
        Cholesky.SolveForward(factor, right);
        var whitened = new double[factor.Padded];
        for (var i = 0; i < whitened.Length; i++)
            whitened[i] = right[i * Block];
        return new GaussianProcess(parameters, isCategorical, rows, factor, values.Length, whitened);
    }

    /// <summary>The same with further points, about which nothing is known yet: the features of the old ones stay what they are.</summary>
    /// <returns>Null when the points' covariance cannot be factored.</returns>
    internal GaussianProcess? With(ReadOnlySpan<double> points)
    {
        double[] rows = [.. _rows, .. Scaled(points, _isCategorical, Parameters)];
        var (old, size) = (Count, rows.Length / Dimensions);
        var factor = new SquareMatrix(size);
        var kept = old & -Block;
        for (var i = 0; i < kept; i++)
            Factor.Values.AsSpan(i * Factor.Stride, kept).CopyTo(factor.Values.AsSpan(i * factor.Stride));
        Fill(factor, rows, _isCategorical, Parameters, kept, Observed);
        if (!Cholesky.Factor(factor, kept))
            return null;
        var whitened = new double[factor.Padded];
        Whitened.AsSpan(0, old).CopyTo(whitened);
        return new GaussianProcess(Parameters, _isCategorical, rows, factor, Observed, whitened);
    }

    // The upper triangle's columns from some block of eight on.
    private static void Fill(SquareMatrix matrix, double[] rows, bool[] isCategorical, KernelParameters p, int from, int observed)
    {
        if (Lanes8.IsFast)
            Fill<Lanes8>(matrix, rows, isCategorical, p, from);
        else
            Fill<Lanes4>(matrix, rows, isCategorical, p, from);
        for (var i = from; i < matrix.Size; i++)
            matrix[i, i] += i < observed ? p.Noise : Jitter;
    }

    private static void Fill<T>(SquareMatrix matrix, double[] rows, bool[] isCategorical, KernelParameters p, int from)
        where T : struct, ILanes<T>
    {
        var (dimensions, padded, scale) = (isCategorical.Length, matrix.Padded, T.All(p.Scale));
        var columns = new double[dimensions * padded];
        for (var i = from; i < matrix.Size; i++)
        for (var d = 0; d < dimensions; d++)
            columns[(d * padded) + i] = rows[(i * dimensions) + d];
        for (var i = 0; i < matrix.Size; i++)
        for (var j = Math.Max(i & -Block, from); j < padded; j += T.Count)
        {
            var squares = Matern.Squares<T>(isCategorical, p.InverseSquares, ref rows[i * dimensions], 1, ref columns[j], padded);
            Matern.At(squares, scale).Kernel.Store(ref matrix[i, j], 0);
        }
    }

    private static double[] Scaled(ReadOnlySpan<double> points, bool[] isCategorical, KernelParameters p)
    {
        var scaled = points.ToArray();
        for (var i = 0; i < scaled.Length; i++)
            scaled[i] *= Matern.Root(isCategorical[i % isCategorical.Length], p.InverseSquares[i % isCategorical.Length]);
        return scaled;
    }
}
