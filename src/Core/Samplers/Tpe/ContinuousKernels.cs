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

    internal override void Fit(
        ReadOnlySpan<double> values, ReadOnlySpan<int> ascending, Span<double> constants, ParzenOptions options)
    {
        _kernels.Fit(values, ascending, constants.Length, options);
        if (_scales.Length < constants.Length)
            _scales = new double[_kernels.Means.Length];

        ref var mean = ref MemoryMarshal.GetArrayDataReference(_kernels.Means);
        ref var width = ref MemoryMarshal.GetArrayDataReference(_kernels.Widths);
        ref var constant = ref MemoryMarshal.GetReference(constants);
        ref var scale = ref MemoryMarshal.GetArrayDataReference(_scales);
        var smallest = Vector256.Create(_kernels.SmallestWidth);
        var reach = smallest * Whole;
        var (low, high) = (Vector256.Create(_kernels.Low) + reach, Vector256.Create(_kernels.High) - reach);
        var usual = Vector256.Create(Math.Log(_kernels.SmallestWidth) + Normal.LogSqrtTwoPi);

        // Most kernels of a long history have the smallest width and lie well inside.
        for (nuint i = 0; i < (nuint)constants.Length; i += Lanes)
        {
            var m = Vector256.LoadUnsafe(ref mean, i);
            var w = Vector256.LoadUnsafe(ref width, i);
            (Vector256.Create(SqrtHalf) / w).StoreUnsafe(ref scale, i);
            if (Vector256.EqualsAll(w, smallest) && Vector256.GreaterThanAll(m, low) && Vector256.LessThanAll(m, high))
                (Vector256.LoadUnsafe(ref constant, i) - usual).StoreUnsafe(ref constant, i);
            else
                AddUnusual(constants, (int)i, values.Length);
        }
    }

    private void AddUnusual(Span<double> constants, int start, int prior)
    {
        for (var i = start; i < Math.Min(start + Lanes, prior + 1); i++)
        {
            var (mean, width) = (_kernels.Means[i], _kernels.Widths[i]);
            var (a, b) = ((_kernels.Low - mean) / width, (_kernels.High - mean) / width);
            var logMass = a < -Whole && b > Whole ? 0 : Normal.LogMass(a, b);
            constants[i] -= Math.Log(width) + Normal.LogSqrtTwoPi + logMass;
        }
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
        foreach (var c in block.Active)
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
