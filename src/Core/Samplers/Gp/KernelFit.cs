using System.Runtime.InteropServices;
using Optuna.Numerics;
using Optuna.Numerics.Minimizing;

namespace Optuna.Samplers.Gp;

/// <summary>The kernel parameters that explain observations best: the maximum of log marginal likelihood plus log prior.</summary>
/// <remarks>
/// The priors are Optuna's: −Σ(0.1/a + 0.1a) for the inverse squared length scales, Gamma(2, 1) for the signal's variance,
/// Gamma(1.1, 30) for the noise's. Holds buffers: not thread-safe.
/// </remarks>
internal sealed class KernelFit
{
    private const int Block = SquareMatrix.Block;
    private const double GradientTolerance = 1e-2;

    private readonly bool[] _isCategorical;
    private readonly bool _noiseless;
    private readonly double[] _values;
    private readonly double[] _columns;
    private readonly double[] _scaled;
    private readonly double[] _right;
    private readonly double[] _alpha;
    private readonly double[] _sums;
    private readonly SquareMatrix _factor;
    private readonly SquareMatrix _slopes;
    private readonly SquareMatrix _inverse;
    private readonly double[] _tile = new double[Block * Block];

    /// <param name="points">Row by row.</param>
    /// <param name="values">As many as rows; standardized.</param>
    /// <param name="noiseless">Keep the noise at its least.</param>
    internal KernelFit(ReadOnlySpan<double> points, ReadOnlySpan<double> values, bool[] isCategorical, bool noiseless)
    {
        (_isCategorical, _noiseless, _values) = (isCategorical, noiseless, values.ToArray());
        var (n, d) = (values.Length, isCategorical.Length);
        (_factor, _slopes, _inverse) = (new SquareMatrix(n), new SquareMatrix(n), new SquareMatrix(n));
        var padded = _factor.Padded;
        (_columns, _scaled) = (new double[d * padded], new double[d * padded]);
        (_right, _alpha, _sums) = (new double[padded * Block], new double[padded], new double[d * Block]);
        for (var i = 0; i < n; i++)
        for (var k = 0; k < d; k++)
            _columns[(k * padded) + i] = points[(i * d) + k];
    }

    /// <summary>The best parameters near a start; null when no optimum is found.</summary>
    /// <param name="loss">The <see cref="Loss(ReadOnlySpan{double}, Span{double})"/> there.</param>
    internal KernelParameters? From(KernelParameters start, out double loss)
    {
        var logs = start.Start();
        var (lower, upper) = (new double[logs.Length], new double[logs.Length]);
        lower.AsSpan().Fill(double.NegativeInfinity);
        upper.AsSpan().Fill(double.PositiveInfinity);
        var minimizer = new BoundedMinimizer(logs, lower, upper, new MinimizerLimits { Gradient = GradientTolerance });
        var gradient = new double[logs.Length];
        while (minimizer.Tell(Loss(minimizer.Point, gradient), gradient))
        {
        }

        loss = minimizer.Value;
        return minimizer.Outcome == MinimizerOutcome.Converged ? KernelParameters.Of(minimizer.Point, _noiseless) : null;
    }

    /// <summary>Minus the log posterior density up to a constant, with its gradient; NaN where the kernel matrix cannot be factored.</summary>
    internal double Loss(ReadOnlySpan<double> logs, Span<double> gradient) =>
        Lanes8.IsFast ? Loss<Lanes8>(logs, gradient) : Loss<Lanes4>(logs, gradient);

    internal double Loss<T>(ReadOnlySpan<double> logs, Span<double> gradient)
        where T : struct, ILanes<T>
    {
        var p = KernelParameters.Of(logs, _noiseless);
        var n = _values.Length;
        FillKernel<T>(p);
        if (!Cholesky.Factor<T>(_factor, 0))
            return double.NaN;

        // v = U⁻ᵀ y, α = U⁻¹ v, and ln |C| = 2 Σ ln Uᵢᵢ.
        _right.AsSpan().Clear();
        for (var i = 0; i < n; i++)
            _right[i * Block] = _values[i];
        Cholesky.SolveForward<T>(_factor, _right);
        Cholesky.Invert<T>(_factor, _inverse);
        var (logDeterminant, squares) = (0.0, 0.0);
        _alpha.AsSpan().Clear();
        for (var i = 0; i < n; i++)
        {
            var v = _right[i * Block];
            squares += v * v;
            logDeterminant += VectorMath.Log(_factor[i, i]);
            for (var j = 0; j <= i; j++)
                _alpha[j] = Math.FusedMultiplyAdd(v, _inverse[i, j], _alpha[j]);
        }

        var trace = Contract<T>(p);
        var (alphas, noise, loss) = (0.0, p.Noise, logDeterminant + (0.5 * squares));
        for (var i = 0; i < n; i++)
            alphas += _alpha[i] * _alpha[i];
        for (var d = 0; d < p.Dimensions; d++)
        {
            var a = p.InverseSquares[d];
            var sum = 0.0;
            for (var k = 0; k < Block; k++)
                sum += _sums[(d * Block) + k];
            gradient[d] = -(0.5 * sum) - (0.1 / a) + (0.1 * a);
            loss += (0.1 / a) + (0.1 * a);
        }

        // Σ Gᵢⱼ Cᵢⱼ = yᵀα − n for G = ααᵀ − C⁻¹, and C is the kernel plus noise on the diagonal.
        var diagonal = alphas - trace;
        gradient[^2] = -(0.5 * (squares - n - (noise * diagonal))) - 1 + p.Scale;
        gradient[^1] = _noiseless ? 0 : ((-0.5 * diagonal) - (0.1 / noise) + 30) * p.ExtraNoise;
        return loss - logs[^2] + p.Scale - (0.1 * VectorMath.Log(noise)) + (30 * noise);
    }

    private void FillKernel<T>(KernelParameters p)
        where T : struct, ILanes<T>
    {
        var padded = _factor.Padded;
        for (var d = 0; d < p.Dimensions; d++)
        {
            var root = Matern.Root(_isCategorical[d], p.InverseSquares[d]);
            for (var i = 0; i < padded; i++)
                _scaled[(d * padded) + i] = _columns[(d * padded) + i] * root;
        }

        var scale = T.All(p.Scale);
        for (var i = 0; i < padded; i++)
        for (var j = i & -Block; j < padded; j += T.Count)
        {
            var squares = Matern.Squares<T>(_isCategorical, p.InverseSquares, ref _scaled[i], padded, ref _scaled[j], padded);
            var (kernel, slope) = Matern.At(squares, scale);
            kernel.Store(ref _factor[i, j], 0);
            slope.Store(ref _slopes[i, j], 0);
        }

        for (var i = 0; i < _values.Length; i++)
            _factor[i, i] += p.Noise;
    }

    // Per dimension Σᵢⱼ Gᵢⱼ k′ᵢⱼ Δ²ᵢⱼ by lanes, tile by tile of C⁻¹ = WᵀW; returns the trace of C⁻¹.
    private double Contract<T>(KernelParameters p)
        where T : struct, ILanes<T>
    {
        var (padded, stride, trace) = (_factor.Padded, (nuint)_inverse.Stride, 0.0);
        _sums.AsSpan().Clear();
        for (var i = 0; i < padded; i += Block)
        for (var j = i; j < padded; j += Block)
        {
            _tile.AsSpan().Clear();
            for (var c = 0; c < Block; c += T.Count)
                Cholesky.Subtract<T>(ref _inverse[j, i], stride, ref _inverse[j, j + c], stride, ref _tile[c], Block, padded - j);
            if (i == j)
            {
                for (var r = 0; r < Block && i + r < _values.Length; r++)
                    trace -= _tile[(r * Block) + r];
            }

            // Tiles off the diagonal stand for their mirror images too.
            var weight = T.All(i == j ? 1 : 2);
            for (var c = 0; c < Block; c += T.Count)
            {
                var alpha = T.Load(ref _alpha[j + c], 0);
                for (var r = 0; r < Block; r++)
                {
                    ref var g = ref _tile[(r * Block) + c];
                    (T.MultiplyAdd(T.All(_alpha[i + r]), alpha, T.Load(ref g, 0)) * weight * T.Load(ref _slopes[i + r, j + c], 0)).Store(ref g, 0);
                }

                AddDimensions<T>(p, i, j, c, padded);
            }
        }

        return trace;
    }

    private void AddDimensions<T>(KernelParameters p, int i, int j, int c, int padded)
        where T : struct, ILanes<T>
    {
        for (var d = 0; d < p.Dimensions; d++)
        {
            ref var x = ref MemoryMarshal.GetReference(_scaled.AsSpan(d * padded, padded));
            var columns = T.Load(ref x, (nuint)(j + c));
            ref var total = ref _sums[(d * Block) + c];
            var sum = T.Load(ref total, 0);
            if (_isCategorical[d])
            {
                var one = T.All(p.InverseSquares[d]);
                for (var r = 0; r < Block; r++)
                    sum = T.MultiplyAdd(T.WhereDifferent(T.All(_scaled[(d * padded) + i + r]), columns, one), T.Load(ref _tile[(r * Block) + c], 0), sum);
            }
            else
            {
                for (var r = 0; r < Block; r++)
                {
                    var difference = columns - T.All(_scaled[(d * padded) + i + r]);
                    sum = T.MultiplyAdd(difference * difference, T.Load(ref _tile[(r * Block) + c], 0), sum);
                }
            }

            sum.Store(ref total, 0);
        }
    }
}
