using Optuna.Numerics;

namespace Optuna.Samplers.Nsga.Crossovers;

/// <summary>Each parameter is one parent's or the other's: Syswerda 1989.</summary>
/// <param name="swappingProb">How likely it is the first one's; 0 to 1.</param>
public sealed class UniformCrossover(double swappingProb = 0.5) : ICrossover
{
    private readonly double _swappingProb = OptionRange.Probability(swappingProb, "swapping_prob");

    public int ParentCount => 2;

    public void Cross(ReadOnlySpan<double[]> parents, ReadOnlySpan<double> lows, ReadOnlySpan<double> highs, int objectives, RandomState random, Span<double> child)
    {
        for (var i = 0; i < child.Length; i++)
            child[i] = parents[random.NextDouble() >= _swappingProb ? 1 : 0][i];
    }
}
