using Optuna.Numerics;

namespace Optuna.Samplers.Tpe;

/// <summary>Truncated normal kernels of one numeric parameter: one per observation, the prior's last.</summary>
internal sealed class NormalKernels(TpeParameter parameter)
{
    private readonly double _low = parameter.SupportLow;
    private readonly double _high = parameter.SupportHigh;
    private double[] _means = [];
    private double[] _widths = [];
    private int[] _ascending = [];

    /// <summary>Lower end of the support.</summary>
    internal double Low => _low;

    internal double High => _high;

    /// <summary>Centres on the kernels' scale; zeros follow up to the capacity.</summary>
    internal double[] Means => _means;

    internal double[] Widths => _widths;

    /// <summary>The permutation that sorts the observations, as of the last <see cref="Fit"/>.</summary>
    internal ReadOnlySpan<int> Ascending(int observations) => _ascending.AsSpan(0, observations);

    /// <param name="values">Observations, oldest first.</param>
    /// <param name="capacity">Room for the kernels, a multiple of the vector width.</param>
    /// <param name="options">How widths are made.</param>
    internal void Fit(ReadOnlySpan<double> values, int capacity, ParzenOptions options)
    {
        if (_means.Length < capacity)
            (_means, _widths, _ascending) = (new double[2 * capacity], new double[2 * capacity], new int[2 * capacity]);

        var n = values.Length;
        var means = _means.AsSpan(0, n);
        if (parameter.Log)
            VectorMath.Log(values, means);
        else
            values.CopyTo(means);

        var order = _ascending.AsSpan(0, n);
        ArgSort.Fill(means, order);

        var bandwidths = new Bandwidths(_low, _high, n, options);
        bandwidths.Fill(means, order, _widths);
        (_means[n], _widths[n]) = (0.5 * (_low + _high), bandwidths.Largest);
        for (var i = n + 1; i < capacity; i++)
            (_means[i], _widths[i]) = (_means[n], double.PositiveInfinity);
    }

    /// <summary>The point of a kernel with a share <paramref name="q"/> of its mass below it, inside the support.</summary>
    internal double Quantile(int kernel, double q)
    {
        var (mean, width) = (_means[kernel], _widths[kernel]);
        var x = TruncatedNormal.Quantile(q, (_low - mean) / width, (_high - mean) / width);
        // A trial of another range may lie so far off, or the range be so narrow, that nothing is left between its ends.
        return Math.Clamp(double.IsNaN(x) ? mean : (x * width) + mean, _low, _high);
    }

    /// <summary>Logarithm of the mass a kernel has on an interval before truncation.</summary>
    internal static double LogMass(double mean, double width, double left, double right) =>
        Normal.LogMass((left - mean) / width, (right - mean) / width);
}
