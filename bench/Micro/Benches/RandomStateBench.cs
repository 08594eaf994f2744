using BenchmarkDotNet.Attributes;
using Optuna.Numerics;

namespace Optuna.Bench.Micro.Benches;

/// <summary>A thousand draws each; 24 of a thousand weighted ones for the choice.</summary>
public class RandomStateBench
{
    private readonly RandomState _random = new(1);
    private readonly double[] _to = new double[1000];
    private readonly double[] _weights = [.. Enumerable.Repeat(0.001, 1000)];
    private readonly int[] _chosen = new int[24];

    [Benchmark]
    public void Doubles() => _random.NextDoubles(_to);

    [Benchmark]
    public void Gaussians() => _random.NextGaussians(_to);

    [Benchmark]
    public void Choice() => _random.Choice(_weights, _chosen);

    /// <summary>What every trial of a parallel study pays for a generator of its own.</summary>
    [Benchmark]
    public void Reseed() => _random.ReseedForTrial(1, 2, 3);
}
