using Optuna.Numerics;
using Optuna.Numerics.Sobol;

namespace Optuna.Samplers.Qmc;

/// <summary>One sequence of a sampler, made once for a number of coordinates and a seed.</summary>
internal sealed record QmcSequence(int Dimensions, ulong Seed)
{
    private SobolSequence? _sobol;
    private HaltonSequence? _halton;

    internal static QmcSequence Of(QmcOptions options, int dimensions, ulong seed)
    {
        var random = options.Scramble ? RandomState.FromEntropy(seed) : null;
        return new QmcSequence(dimensions, seed)
        {
            _sobol = options.Type != QmcType.Sobol ? null : random is null ? SobolSequence.Plain(dimensions) : SobolSequence.Scrambled(dimensions, random),
            _halton = options.Type != QmcType.Halton ? null : random is null ? HaltonSequence.Plain(dimensions) : HaltonSequence.Scrambled(dimensions, random),
        };
    }

    /// <summary>A point of the unit cube; Sobol's sequence, which ends after 2^30 points, then starts again.</summary>
    internal double[] Point(long index)
    {
        var point = new double[Dimensions];
        _sobol?.Point(index % SobolSequence.Period, point);
        _halton?.Point(index, point);
        return point;
    }
}
