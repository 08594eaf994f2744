using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Optuna.Numerics;

namespace Optuna.Samplers.Tpe;

/// <summary>Densities of normal kernels cut to the range of a parameter without a grid.</summary>
/// <remarks>
/// ln density = −((x − μ) s)² − ln σ − ln √(2π) − ln(mass in range), with s = 1/(√2 σ): only the square depends on x.
/// </remarks>
internal sealed class ContinuousKernels(TpeParameter parameter) : KernelColumn
{
    private const double SqrtHalf = 0.70710678118654752440;

    // So many widths from a bound, what is cut off (5e-17) is below half an ulp of the mass.
    private const double Whole = 8.3;

    private const int Lanes = 4;

    private readonly NormalKernels _kernels = new(parameter);
    private double[] _scales = [];
    private double[] _x = [];

    // What the kernels of the last fit subtract from their constants: most stay as they are from one fit to the next.
    private double[] _means = [];
    private double[] _widths = [];
    private double[] _norms = [];
    private double _lastWidth;
    private double _lastLog;

    internal override void Fit(
        ReadOnlySpan<double> values, Span<double> constants, ParzenOptions options)
    {
        _kernels.Fit(values, constants.Length, options);
        if (_scales.Length < constants.Length)
            Grow(_kernels.Means.Length);

        ref var mean = ref MemoryMarshal.GetArrayDataReference(_kernels.Means);
        ref var width = ref MemoryMarshal.GetArrayDataReference(_kernels.Widths);
        ref var oldMean = ref MemoryMarshal.GetArrayDataReference(_means);
        ref var oldWidth = ref MemoryMarshal.GetArrayDataReference(_widths);
        ref var norm = ref MemoryMarshal.GetArrayDataReference(_norms);
        ref var constant = ref MemoryMarshal.GetReference(constants);
        for (nuint i = 0; i < (nuint)constants.Length; i += Lanes)
        {
            var m = Vector256.LoadUnsafe(ref mean, i);
            var w = Vector256.LoadUnsafe(ref width, i);
            if (!Vector256.EqualsAll(m, Vector256.LoadUnsafe(ref oldMean, i)) || !Vector256.EqualsAll(w, Vector256.LoadUnsafe(ref oldWidth, i)))
                Renew((int)i);
            (Vector256.LoadUnsafe(ref constant, i) - Vector256.LoadUnsafe(ref norm, i)).StoreUnsafe(ref constant, i);
        }
    }

    private void Renew(int start)
    {
        var (low, high) = (_kernels.Low, _kernels.High);
        for (var i = start; i < start + Lanes; i++)
        {
            var (mean, width) = (_kernels.Means[i], _kernels.Widths[i]);
            if (mean == _means[i] && width == _widths[i])
                continue;
            (_means[i], _widths[i], _scales[i]) = (mean, width, SqrtHalf / width);

            // Most kernels of a long history have the smallest width and lie well inside. Padding has an infinite width.
            if (width != _lastWidth)
                (_lastWidth, _lastLog) = (width, double.IsFinite(width) ? Math.Log(width) : 0);
            var (a, b) = ((low - mean) / width, (high - mean) / width);
            var logMass = (a < -Whole && b > Whole) || width > high - low ? 0 : Normal.LogMass(a, b);
            _norms[i] = _lastLog + Normal.LogSqrtTwoPi + logMass;
        }
    }

    private void Grow(int capacity)
    {
        Array.Resize(ref _scales, capacity);
        Array.Resize(ref _means, capacity);
        Array.Resize(ref _norms, capacity);
        var known = _widths.Length;
        Array.Resize(ref _widths, capacity);

        // No kernel has no width, so these are new to Renew.
        Array.Clear(_widths, known, capacity - known);
    }

    internal override void Sample(
        ReadOnlySpan<int> kernels, ReadOnlySpan<double> quantiles, Candidates candidates, int column)
    {
        for (var i = 0; i < kernels.Length; i++)
        {
            var x = _kernels.Quantile(kernels[i], quantiles[i]);
            candidates.Put(column, i, Unscaled(x), x);
        }
    }

    private double Unscaled(double x) =>
        parameter.Log ? Math.Clamp(Math.Exp(x), parameter.Low, parameter.High) : x;

    internal override void Prepare(Candidates candidates, int column)
    {
        if (_x.Length < candidates.Count)
            _x = new double[candidates.Count];
        candidates.Scaled(column).CopyTo(_x);
    }

    internal override void AddTo(TermBlock block)
    {
        ref var mean = ref _kernels.Means[block.Start];
        ref var scale = ref _scales[block.Start];
        for (var c = 0; c < block.Candidates; c++)
        {
            ref var row = ref block.Row(c);
            if (Vector512.IsHardwareAccelerated)
                AddWide(ref row, ref mean, ref scale, _x[c], (nuint)block.Length);
            else
                Add(ref row, ref mean, ref scale, _x[c], (nuint)block.Length);
        }
    }

    private static void AddWide(ref double row, ref double mean, ref double scale, double at, nuint kernels)
    {
        var x = Vector512.Create(at);
        for (nuint i = 0; i < kernels; i += 8)
        {
            var z = (x - Vector512.LoadUnsafe(ref mean, i)) * Vector512.LoadUnsafe(ref scale, i);
            Vector512.FusedMultiplyAdd(-z, z, Vector512.LoadUnsafe(ref row, i)).StoreUnsafe(ref row, i);
        }
    }

    private static void Add(ref double row, ref double mean, ref double scale, double at, nuint kernels)
    {
        var x = Vector256.Create(at);
        for (nuint i = 0; i < kernels; i += 4)
        {
            var z = (x - Vector256.LoadUnsafe(ref mean, i)) * Vector256.LoadUnsafe(ref scale, i);
            Vector256.FusedMultiplyAdd(-z, z, Vector256.LoadUnsafe(ref row, i)).StoreUnsafe(ref row, i);
        }
    }
}
