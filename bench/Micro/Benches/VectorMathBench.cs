using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;
using Optuna.Numerics;

namespace Optuna.Bench.Micro.Benches;

/// <summary>Exponentials and logarithms of 4 096 numbers, beside the platform's one by one.</summary>
public class VectorMathBench
{
    private readonly double[] _small = new double[4096];
    private readonly double[] _positive = new double[4096];
    private readonly double[] _to = new double[4096];

    [GlobalSetup]
    public void Setup()
    {
        var random = new RandomState(1);
        for (var i = 0; i < _small.Length; i++)
            (_small[i], _positive[i]) = (random.Uniform(-40, 0), random.Uniform(1e-6, 10));
    }

    [Benchmark(Baseline = true)]
    public void MathExp()
    {
        for (var i = 0; i < _small.Length; i++)
            _to[i] = Math.Exp(_small[i]);
    }

    [Benchmark]
    public void Exp256()
    {
        for (nuint i = 0; i < (nuint)_small.Length; i += 4)
            VectorMath.Exp(Vector256.LoadUnsafe(ref _small[0], i)).StoreUnsafe(ref _to[0], i);
    }

    [Benchmark]
    public void Exp512()
    {
        for (nuint i = 0; i < (nuint)_small.Length; i += 8)
            VectorMath.Exp(Vector512.LoadUnsafe(ref _small[0], i)).StoreUnsafe(ref _to[0], i);
    }

    [Benchmark]
    public void MathLog()
    {
        for (var i = 0; i < _positive.Length; i++)
            _to[i] = Math.Log(_positive[i]);
    }

    [Benchmark]
    public void Log() => VectorMath.Log(_positive, _to);
}
