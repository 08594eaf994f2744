using Optuna.Numerics;

namespace Optuna.Samplers.Nsga.Crossovers;

/// <summary>BLX-α: uniform in the box between two parents, widened on either side: Eshelman and Schaffer 1992, equation 1.</summary>
/// <param name="alpha">By what share of its width the box is widened; finite.</param>
public sealed class BlxAlphaCrossover(double alpha = 0.5) : ICrossover
{
    private readonly double _alpha = OptionRange.Finite(alpha, "alpha");

    public int ParentCount => 2;

    public void Cross(ReadOnlySpan<double[]> parents, ReadOnlySpan<double> lows, ReadOnlySpan<double> highs, int objectives, RandomState random, Span<double> child)
    {
        for (var i = 0; i < child.Length; i++)
        {
            var (least, most) = (Math.Min(parents[0][i], parents[1][i]), Math.Max(parents[0][i], parents[1][i]));
            var widening = _alpha * (most - least);
            var (low, high) = (least - widening, most + widening);
            child[i] = ((high - low) * random.NextDouble()) + low;
        }
    }
}
