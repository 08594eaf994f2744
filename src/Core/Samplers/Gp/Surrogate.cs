using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Optuna.Numerics;

namespace Optuna.Samplers.Gp;

/// <summary>
/// A Gaussian process looked at eight points at a time, and the way back: from how much a score changes with the features
/// to how much it changes with the coordinates.
/// </summary>
/// <remarks>Points lie side by side: coordinate d of point k is number 8d + k. Holds buffers: not thread-safe.</remarks>
internal sealed class Surrogate
{
    internal const int Points = SquareMatrix.Block;

    private readonly double[] _scaled;
    private readonly double[] _slopes;
    private readonly double[] _features;
    private readonly double[] _weights;

    internal Surrogate(GaussianProcess process)
    {
        Process = process;
        var size = process.Factor.Padded * Points;
        (_slopes, _features, _weights) = (new double[size], new double[size], new double[size]);
        _scaled = new double[process.Dimensions * Points];
    }

    internal GaussianProcess Process { get; }

    /// <summary>Feature i of point k is number 8i + k.</summary>
    internal ReadOnlySpan<double> Features => _features;

    /// <summary>How the score changes with each feature, to be filled in before <see cref="Pull"/>, which uses it up.</summary>
    internal Span<double> Weights => _weights;

    /// <summary>Works out the features of eight points.</summary>
    internal void Look(ReadOnlySpan<double> points)
    {
        if (Lanes8.IsFast)
            Look<Lanes8>(points);
        else
            Look<Lanes4>(points);
    }

    /// <summary>Means and variances at the eight points; of variances at least 0.</summary>
    internal void Moments(Span<double> means, Span<double> variances)
    {
        if (Lanes8.IsFast)
            Moments<Lanes8>(means, variances);
        else
            Moments<Lanes4>(means, variances);
    }

    /// <summary>Fills the weights from how the score changes with mean and variance.</summary>
    internal void Weigh(ReadOnlySpan<double> byMean, ReadOnlySpan<double> byVariance)
    {
        if (Lanes8.IsFast)
            Weigh<Lanes8>(byMean, byVariance);
        else
            Weigh<Lanes4>(byMean, byVariance);
    }

    /// <summary>Adds how the score changes with these coordinates, by the weights.</summary>
    /// <param name="among">Dimensions that are no choices.</param>
    internal void Pull(ReadOnlySpan<int> among, Span<double> gradient)
    {
        if (Lanes8.IsFast)
            Pull<Lanes8>(among, gradient);
        else
            Pull<Lanes4>(among, gradient);
    }

    internal void Look<T>(ReadOnlySpan<double> points)
        where T : struct, ILanes<T>
    {
        var (p, dimensions) = (Process, Process.Dimensions);
        for (var d = 0; d < dimensions; d++)
        for (var k = 0; k < Points; k++)
            _scaled[(d * Points) + k] = points[(d * Points) + k] * p.Roots[d];

        var scale = T.All(p.Parameters.Scale);
        ReadOnlySpan<double> inverse = p.Parameters.InverseSquares;
        for (var c = 0; c < Points; c += T.Count)
        for (var i = 0; i < p.Count; i++)
        {
            var squares = Matern.Squares<T>(p.IsCategorical, inverse, ref p.Rows[i * dimensions], 1, ref _scaled[c], Points);
            var (kernel, slope) = Matern.At(squares, scale);
            kernel.Store(ref _features[(i * Points) + c], 0);
            slope.Store(ref _slopes[(i * Points) + c], 0);
        }

        _features.AsSpan(p.Count * Points).Clear();
        Cholesky.SolveForward<T>(p.Factor, _features);
    }

    internal void Moments<T>(Span<double> means, Span<double> variances)
        where T : struct, ILanes<T>
    {
        ref var u = ref MemoryMarshal.GetArrayDataReference(_features);
        var v = Process.Whitened;
        for (var c = 0; c < Points; c += T.Count)
        {
            // Two sums each, so that one addition need not wait for the last.
            var (mean, other, square, otherSquare) = (T.All(0), T.All(0), T.All(0), T.All(0));
            for (var i = 0; i < v.Length; i += 2)
            {
                var (a, b) = (T.Load(ref u, (nuint)((i * Points) + c)), T.Load(ref u, (nuint)(((i + 1) * Points) + c)));
                mean = T.MultiplyAdd(a, T.All(v[i]), mean);
                other = T.MultiplyAdd(b, T.All(v[i + 1]), other);
                square = T.MultiplyAdd(a, a, square);
                otherSquare = T.MultiplyAdd(b, b, otherSquare);
            }

            (mean + other).Store(ref means[c], 0);
            T.Max(T.All(Process.Parameters.Scale) - (square + otherSquare), T.All(0)).Store(ref variances[c], 0);
        }
    }

    internal void Weigh<T>(ReadOnlySpan<double> byMean, ReadOnlySpan<double> byVariance)
        where T : struct, ILanes<T>
    {
        var v = Process.Whitened;
        for (var c = 0; c < Points; c += T.Count)
        {
            var mean = T.Load(ref Unsafe.AsRef(in byMean[c]), 0);
            var variance = T.All(-2) * T.Load(ref Unsafe.AsRef(in byVariance[c]), 0);
            for (var i = 0; i < v.Length; i++)
            {
                var at = (i * Points) + c;
                T.MultiplyAdd(variance, T.Load(ref _features[at], 0), mean * T.All(v[i])).Store(ref _weights[at], 0);
            }
        }
    }

    internal void Pull<T>(ReadOnlySpan<int> among, Span<double> gradient)
        where T : struct, ILanes<T>
    {
        var p = Process;
        Cholesky.SolveBackward<T>(p.Transposed, _weights);
        ref var rows = ref MemoryMarshal.GetArrayDataReference(p.Rows);
        for (var c = 0; c < Points; c += T.Count)
        {
            for (var i = 0; i < p.Count; i++)
            {
                ref var w = ref _weights[(i * Points) + c];
                (T.Load(ref w, 0) * T.Load(ref _slopes[(i * Points) + c], 0)).Store(ref w, 0);
            }

            foreach (var d in among)
            {
                var (x, sum) = (T.Load(ref _scaled[(d * Points) + c], 0), T.All(0));
                for (var i = 0; i < p.Count; i++)
                    sum = T.MultiplyAdd(T.Load(ref _weights[(i * Points) + c], 0), x - T.All(Unsafe.Add(ref rows, (i * p.Dimensions) + d)), sum);
                ref var total = ref gradient[(d * Points) + c];
                T.MultiplyAdd(sum, T.All(2 * p.Roots[d]), T.Load(ref total, 0)).Store(ref total, 0);
            }
        }
    }
}
