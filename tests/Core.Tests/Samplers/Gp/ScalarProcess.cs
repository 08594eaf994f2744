using Optuna.Numerics;
using Optuna.Samplers.Gp;

namespace Optuna.Tests.Samplers.Gp;

/// <summary>A Gaussian process by the textbook's formulas, element by element.</summary>
internal sealed class ScalarProcess
{
    private readonly double[][] _points;
    private readonly bool[] _isCategorical;
    private readonly double[] _inverseSquares;
    private readonly double _scale;
    private readonly double[,] _inverse;
    private readonly double[] _alpha;

    /// <param name="noises">Variance of the noise at each point.</param>
    internal ScalarProcess(double[][] points, double[] values, bool[] isCategorical, double[] inverseSquares, double scale, double[] noises)
    {
        (_points, _isCategorical, _inverseSquares, _scale) = (points, isCategorical, inverseSquares, scale);
        var n = points.Length;
        var c = new double[n, n];
        for (var i = 0; i < n; i++)
        for (var j = 0; j < n; j++)
            c[i, j] = Kernel(points[i], points[j]) + (i == j ? noises[i] : 0);
        (_inverse, LogDeterminant) = Invert(c);
        _alpha = new double[n];
        for (var i = 0; i < n; i++)
        for (var j = 0; j < n; j++)
            _alpha[i] += _inverse[i, j] * values[j];
        Fit = Enumerable.Range(0, n).Sum(i => values[i] * _alpha[i]);
    }

    internal double LogDeterminant { get; }

    /// <summary>yᵀ C⁻¹ y.</summary>
    internal double Fit { get; }

    internal double Kernel(double[] a, double[] b)
    {
        var squares = 0.0;
        for (var d = 0; d < a.Length; d++)
            squares += _inverseSquares[d] * (_isCategorical[d] ? (a[d] == b[d] ? 0 : 1) : (a[d] - b[d]) * (a[d] - b[d]));
        var q = Math.Sqrt(5 * squares);
        return _scale * (1 + q + (q * q / 3)) * Math.Exp(-q);
    }

    internal (double Mean, double Variance) At(double[] x)
    {
        var k = _points.Select(p => Kernel(p, x)).ToArray();
        var (mean, explained) = (0.0, 0.0);
        for (var i = 0; i < k.Length; i++)
        {
            mean += k[i] * _alpha[i];
            for (var j = 0; j < k.Length; j++)
                explained += k[i] * _inverse[i, j] * k[j];
        }

        return (mean, _scale - explained);
    }

    // Gauss and Jordan.
    private static (double[,] Inverse, double LogDeterminant) Invert(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        var (a, inverse, log) = ((double[,])matrix.Clone(), new double[n, n], 0.0);
        for (var i = 0; i < n; i++)
            inverse[i, i] = 1;
        for (var i = 0; i < n; i++)
        {
            var pivot = a[i, i];
            log += Math.Log(pivot);
            for (var c = 0; c < n; c++)
                (a[i, c], inverse[i, c]) = (a[i, c] / pivot, inverse[i, c] / pivot);
            for (var r = 0; r < n; r++)
            {
                var factor = a[r, i];
                if (r == i || factor == 0)
                    continue;
                for (var c = 0; c < n; c++)
                    (a[r, c], inverse[r, c]) = (a[r, c] - (factor * a[i, c]), inverse[r, c] - (factor * inverse[i, c]));
            }
        }

        return (inverse, log);
    }
}

/// <summary>Random observations over two continuous and one categorical dimension or more, and random parameters.</summary>
internal sealed class GpCase
{
    internal GpCase(int size, uint seed, int dimensions = 4)
    {
        Random = new RandomState(seed);
        IsCategorical = [.. Enumerable.Range(0, dimensions).Select(d => d % 3 == 2)];
        Points = [.. Enumerable.Range(0, size).Select(_ => Point())];
        Values = [.. Points.Select(p => Math.Sin(4 * p[0]) + p[1] - (0.3 * p[^1]) + (0.1 * Random.NextGaussian()))];
        Logs = [.. Enumerable.Range(0, dimensions).Select(_ => Random.Uniform(-2, 2)), Random.Uniform(-1, 1), Random.Uniform(-6, -2)];
    }

    internal RandomState Random { get; }

    internal bool[] IsCategorical { get; }

    internal double[][] Points { get; }

    internal double[] Rows => [.. Points.SelectMany(p => p)];

    internal double[] Values { get; }

    internal double[] Logs { get; }

    internal KernelParameters Parameters => KernelParameters.Of(Logs, noiseless: false);

    internal GaussianProcess Process => GaussianProcess.Of(Rows, Values, IsCategorical, Parameters)!;

    internal ScalarProcess Scalar => Scalars([], []);

    internal int[] Continuous => [.. Enumerable.Range(0, IsCategorical.Length).Where(d => !IsCategorical[d])];

    /// <summary>With further points without noise.</summary>
    internal ScalarProcess Scalars(double[][] points, double[] values) => new(
        [.. Points, .. points], [.. Values, .. values], IsCategorical, Parameters.InverseSquares, Parameters.Scale,
        [.. Points.Select(_ => Parameters.Noise), .. points.Select(_ => 1e-12)]);

    internal double[] Point() => [.. IsCategorical.Select(c => c ? Random.NextIndex(3) : Random.NextDouble())];

    /// <summary>Eight points side by side.</summary>
    internal static double[] Block(IReadOnlyList<double[]> points)
    {
        var block = new double[points[0].Length * 8];
        for (var d = 0; d < points[0].Length; d++)
        for (var k = 0; k < 8; k++)
            block[(d * 8) + k] = points[k][d];
        return block;
    }
}
