using BenchmarkDotNet.Attributes;
using Optuna.Numerics;
using Optuna.Samplers.Tpe;

namespace Optuna.Bench.Micro.Benches;

/// <summary>A Parzen estimator of one parameter: fitted to so many observations, and weighing 24 candidates.</summary>
[MemoryDiagnoser]
public class TpeDensityBench
{
    private const int Drawn = 24;

    private readonly double[] _densities = new double[Drawn];
    private ParzenEstimator _estimator = null!;
    private Candidates _candidates = null!;
    private double[] _observed = [];

    [Params("continuous", "discrete", "categorical")]
    public string Kind { get; set; } = "";

    [Params(1000, 10_000)]
    public int Observations { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        TpeParameter[] parameters =
        [
            Kind switch
            {
                "continuous" => TpeParameter.Continuous(-5, 5),
                "discrete" => TpeParameter.Discrete(0, 100, 1),
                _ => TpeParameter.Categorical(5),
            },
        ];
        var random = new RandomState(1);
        _observed = new double[Observations];
        for (var i = 0; i < Observations; i++)
        {
            _observed[i] = Kind switch
            {
                "continuous" => Math.Clamp(random.Normal(1, 1), -5, 5),
                "discrete" => random.NextIndex(101),
                _ => random.NextIndex(5),
            };
        }

        _estimator = new ParzenEstimator(parameters);
        _candidates = new Candidates(parameters, Drawn);
        Fit();
        _estimator.Sample(random, _candidates);
    }

    [Benchmark]
    public void Fit()
    {
        _estimator.Begin(Observations);
        _estimator.Observe(0, _observed);
    }

    [Benchmark]
    public double LogDensity()
    {
        _estimator.LogDensity(_candidates, _densities);
        return _densities[0];
    }
}
