using Optuna.Numerics;

namespace Optuna.Samplers.Tpe.Mixture;

/// <summary>Normal kernels cut to the range of a parameter without a grid.</summary>
/// <remarks>
/// ln density = −(u s + m)² − ln σ − ln √(2π) − ln(mass in range), with s = 1/(√2 σ), u the distance of x from the middle of
/// the range and −m = s × the centre's distance from it: two operations a kernel, and no digits lost far from zero.
/// </remarks>
internal sealed class ContinuousColumn(TpeParameter parameter, int index, TrialRows rows, KernelRows kernels, ParzenOptions options, List<int> touched)
    : NumericColumn(parameter, index, rows, kernels, options, touched)
{
    private const double SqrtHalf = 0.70710678118654752440;

    // So many widths from a bound, what is cut off (5e-17) is below half an ulp of the mass.
    private const double Whole = 8.3;

    private readonly double _middle = parameter.SupportLow + (0.5 * (parameter.SupportHigh - parameter.SupportLow));
    private double _lastWidth;
    private double _lastLog;

    internal override void Prepare(Candidates candidates, int first)
    {
        var scaled = candidates.Scaled(Index)[first..];
        var at = Kernels.At.AsSpan(Slot * KernelRows.Width, KernelRows.Width);
        for (var c = 0; c < at.Length; c++)
            at[c] = scaled[Math.Min(c, scaled.Length - 1)] - _middle;
    }

    internal override double Prior(int candidate)
    {
        var width = High - Low;
        var z = Kernels.At[(Slot * KernelRows.Width) + candidate] * SqrtHalf / width;
        return -(z * z) - LogNorm(_middle, width);
    }

    protected override double Changed(int row)
    {
        var width = Widths[row];
        var scale = SqrtHalf / width;
        Kernels.SetSmooth(row, Slot, scale, (_middle - Means[row]) * scale);
        return LogNorm(Means[row], width);
    }

    private double LogNorm(double mean, double width)
    {
        // Most kernels of a long history have the smallest width and lie well inside.
        if (width != _lastWidth)
            (_lastWidth, _lastLog) = (width, Math.Log(width));
        var (a, b) = ((Low - mean) / width, (High - mean) / width);
        var logMass = a < -Whole && b > Whole ? 0 : Normal.LogMass(a, b);
        return _lastLog + Normal.LogSqrtTwoPi + logMass;
    }
}
