using BenchmarkDotNet.Attributes;
using Optuna.Numerics;

namespace Optuna.Bench.Micro.Benches;

/// <summary>What a Gaussian process and CMA-ES spend their time in.</summary>
[MemoryDiagnoser]
public class LinearAlgebraBench
{
    private double[] _matrix = [];
    private double[] _values = [];
    private double[] _vectors = [];
    private SymmetricEigen _eigen = null!;

    [Params(5, 50, 200)]
    public int Size { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new RandomState(1);
        var n = Size;
        _matrix = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
                _matrix[(i * n) + j] = Math.Exp(-Math.Abs(i - j) / 8.0) + (i == j ? 0.1 : 0);
        }

        (_values, _vectors, _eigen) = (new double[n], new double[n * n], new SymmetricEigen(n));
    }

    [Benchmark]
    public double Cholesky()
    {
        var matrix = new SquareMatrix(Size);
        for (var i = 0; i < Size; i++)
            _matrix.AsSpan(i * Size, Size).CopyTo(matrix.Values.AsSpan(i * matrix.Stride));
        Numerics.Cholesky.Factor(matrix);
        return matrix[0, 0];
    }

    [Benchmark]
    public double Eigen()
    {
        _eigen.Decompose(_matrix, _values, _vectors);
        return _values[0];
    }
}
