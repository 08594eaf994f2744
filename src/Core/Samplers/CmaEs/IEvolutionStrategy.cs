using Optuna.Numerics;

namespace Optuna.Samplers.CmaEs;

/// <summary>A multivariate normal distribution over the unit cube that moves towards good points, generation by generation.</summary>
/// <remarks>Pure: the same calls give the same state, and all chance comes in as an argument. Not thread-safe.</remarks>
internal interface IEvolutionStrategy
{
    int Dimension { get; }

    /// <summary>λ: how many solutions <see cref="Tell"/> takes.</summary>
    int PopulationSize { get; }

    /// <summary>How many generations were told.</summary>
    int Generation { get; }

    ReadOnlySpan<double> Mean { get; }

    /// <summary>σ, the overall step size.</summary>
    double Sigma { get; }

    /// <summary>Draws a point, the form that is told again with its value.</summary>
    void Ask(RandomState random, Span<double> x);

    /// <summary>Turns a drawn point into the one to evaluate, in place.</summary>
    void Encode(Span<double> x)
    {
    }

    /// <summary>Learns from a full population.</summary>
    void Tell(Population population);

    /// <summary>C, n × n by rows.</summary>
    void CopyCovariance(Span<double> destination);
}
