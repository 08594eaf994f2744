using BenchmarkDotNet.Attributes;
using Optuna.MultiObjective;
using Optuna.Numerics;

namespace Optuna.Bench.Micro.Benches;

/// <summary>Two hundred points of a spherical front: its hypervolume, its ranks, and fifty of it.</summary>
[MemoryDiagnoser]
public class HypervolumeBench
{
    private const int Count = 200;

    private PointSet _front;
    private PointSet _cloud;
    private double[] _reference = [];

    [Params(2, 3, 4, 5)]
    public int Objectives { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new RandomState(1);
        var m = Objectives;
        var values = new double[Count * m];
        for (var i = 0; i < Count; i++)
        {
            var row = values.AsSpan(i * m, m);
            var norm = 0.0;
            foreach (ref var x in row)
            {
                x = Math.Abs(random.NextGaussian());
                norm += x * x;
            }

            foreach (ref var x in row)
                x = 1 - (x / Math.Sqrt(norm));
        }

        _front = new PointSet(values, m);
        var cloud = new double[1000 * m];
        random.NextDoubles(cloud);
        _cloud = new PointSet(cloud, m);
        _reference = new double[m];
        _reference.AsSpan().Fill(1.1);
    }

    [Benchmark]
    public double Volume() => Hypervolume.Of(_front, _reference);

    [Benchmark]
    public int[] FiftyOfTwoHundred() => HypervolumeSubset.Of(_front, 50, _reference);

    [Benchmark]
    public int[] RanksOfAThousand() => NonDominatedRanks.Of(_cloud);
}
