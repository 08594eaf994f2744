namespace Optuna.Samplers.Gp;

/// <summary>
/// What a Gaussian process is fitted by, as logarithms: per dimension the inverse squared length scale, then the signal's
/// variance, then the noise's variance above its least.
/// </summary>
internal sealed class KernelParameters
{
    internal const double LeastNoise = 1e-6;

    private readonly double[] _logs;

    private KernelParameters(double[] logs, bool noiseless)
    {
        _logs = logs;
        InverseSquares = new double[logs.Length - 2];
        for (var d = 0; d < InverseSquares.Length; d++)
            InverseSquares[d] = Math.Exp(logs[d]);
        Scale = Math.Exp(logs[^2]);
        ExtraNoise = noiseless ? 0 : Math.Exp(logs[^1]);
    }

    internal ReadOnlySpan<double> Logs => _logs;

    internal int Dimensions => InverseSquares.Length;

    /// <summary>1/ℓ² per dimension.</summary>
    internal double[] InverseSquares { get; }

    /// <summary>Variance of the function, its noise left out.</summary>
    internal double Scale { get; }

    internal double ExtraNoise { get; }

    /// <summary>Variance of the noise.</summary>
    internal double Noise => LeastNoise + ExtraNoise;

    internal static KernelParameters Of(ReadOnlySpan<double> logs, bool noiseless) => new(logs.ToArray(), noiseless);

    /// <summary>Everything 1: where a first fit starts.</summary>
    internal static KernelParameters Ones(int dimensions, bool noiseless)
    {
        var logs = new double[dimensions + 2];
        logs[^1] = Math.Log(1 - (0.99 * LeastNoise));
        return new KernelParameters(logs, noiseless);
    }

    /// <summary>Where the fit after this one starts: a little noise is added, lest its logarithm has run away.</summary>
    internal double[] Start()
    {
        var logs = (double[])_logs.Clone();
        logs[^1] = Math.Log(ExtraNoise + (0.01 * LeastNoise));
        return logs;
    }
}
