using BenchmarkDotNet.Attributes;
using Optuna.Numerics;

namespace Optuna.Bench.Micro.Benches;

/// <summary>A thousand draws from a normal distribution cut to an interval, by quantile.</summary>
public class TruncatedNormalBench
{
    private readonly double[] _quantiles = new double[1000];

    [GlobalSetup]
    public void Setup() => new RandomState(1).NextDoubles(_quantiles);

    [Benchmark]
    public double Middle() => Sum(-3, 4);

    [Benchmark]
    public double Tail() => Sum(6, 9);

    /// <summary>Logarithms of a mass, as every kernel near a bound needs one.</summary>
    [Benchmark]
    public double LogMass()
    {
        var sum = 0.0;
        foreach (var q in _quantiles)
            sum += Normal.LogMass(-q, 5 * q);
        return sum;
    }

    private double Sum(double a, double b)
    {
        var sum = 0.0;
        foreach (var q in _quantiles)
            sum += TruncatedNormal.Quantile(q, a, b);
        return sum;
    }
}
