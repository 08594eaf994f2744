using Optuna.Numerics;

namespace Optuna.Samplers.Nsga;

/// <summary>Makes the numeric parameters of one child of those of its parents. Categorical ones are always one parent's or another's.</summary>
public interface ICrossover
{
    /// <summary>How many parents it takes: 2 or more.</summary>
    int ParentCount { get; }

    /// <param name="parents">A row for each, with a number per parameter: its logarithm where the range is logarithmic.</param>
    /// <param name="lows">Lower ends of the ranges, half a step below the lowest value where there are steps.</param>
    /// <param name="highs">Upper ends of the ranges, as for the lower.</param>
    /// <param name="objectives">How many the study has.</param>
    /// <param name="random">The only source of chance.</param>
    /// <param name="child">Takes the result. Where it lies outside, other parents are tried.</param>
    void Cross(ReadOnlySpan<double[]> parents, ReadOnlySpan<double> lows, ReadOnlySpan<double> highs, int objectives, RandomState random, Span<double> child);
}
