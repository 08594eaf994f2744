using Optuna.Numerics;

namespace Optuna.Samplers.CmaEs;

/// <summary>
/// CMA-ES with margin for spaces with discrete dimensions: after each update, mean and scale of a discrete dimension are corrected
/// so that neighbouring values keep a least probability and the search does not get stuck on one.
/// </summary>
/// <remarks>
/// R. Hamano, S. Saito, M. Nomura and S. Shirakawa, "CMA-ES with Margin: Lower-Bounding Marginal Probability for Mixed-Integer
/// Black-Box Optimization", GECCO 2022 (arXiv 2205.13482). The margin α is 1/(λ n).
/// Discrete dimensions have no bounds: <see cref="Encode"/> takes what lies outside to the first or last grid value.
/// </remarks>
internal sealed class MarginCma : IEvolutionStrategy
{
    private const double LeastTail = 1e-10;

    private readonly FullCma _cma;
    private readonly UnitGrid?[] _grids;
    private readonly UnitBounds _continuous;
    private readonly double[] _a;
    private readonly double _margin;

    /// <param name="steps">By dimension, the distance of grid values from 0 to 1; 0 where it is continuous.</param>
    internal MarginCma(
        ReadOnlySpan<double> mean, double sigma, ReadOnlySpan<double> steps, int? populationSize = null,
        ReadOnlySpan<double> covariance = default, double? margin = null)
    {
        var n = mean.Length;
        _cma = new FullCma(mean, sigma, populationSize, covariance);
        _grids = new UnitGrid?[n];
        var (low, high) = (new double[n], new double[n]);
        for (var i = 0; i < n; i++)
        {
            _grids[i] = steps[i] > 0 ? new UnitGrid(steps[i]) : null;
            (low[i], high[i]) = steps[i] > 0 ? (double.NegativeInfinity, double.PositiveInfinity) : (0, 1);
        }

        _continuous = new UnitBounds(low, high);
        _a = new double[n];
        Array.Fill(_a, 1);
        _margin = margin ?? 1.0 / (n * _cma.PopulationSize);
    }

    public int Dimension => _cma.Dimension;

    public int PopulationSize => _cma.PopulationSize;

    public int Generation => _cma.Generation;

    public ReadOnlySpan<double> Mean => _cma.Mean;

    public double Sigma => _cma.Sigma;

    /// <summary>The diagonal of A, by which discrete dimensions are spread.</summary>
    internal ReadOnlySpan<double> Spread => _a;

    public void Ask(RandomState random, Span<double> x)
    {
        for (var tries = 10 * Dimension; ; tries--)
        {
            _cma.Draw(random, x);
            if (_continuous.Contain(x))
                return;
            if (tries == 0)
                break;
        }

        _continuous.Clip(x);
    }

    // v = m + A (x − m), rounded to the grid.
    public void Encode(Span<double> x)
    {
        var mean = _cma.Mean;
        for (var i = 0; i < _grids.Length; i++)
            if (_grids[i] is { } grid)
                x[i] = grid.Value(grid.Index(((x[i] - mean[i]) * _a[i]) + mean[i]));
    }

    public void Tell(Population population)
    {
        _cma.Tell(population);
        for (var i = 0; i < _grids.Length; i++)
            if (_grids[i] is { } grid)
                Correct(i, grid);
    }

    public void CopyCovariance(Span<double> destination) => _cma.CopyCovariance(destination);

    private void Correct(int i, UnitGrid grid)
    {
        ref var m = ref _cma.MovableMean[i];
        var deviation = _cma.Sigma * Math.Sqrt(_cma.Variance(i));
        var (lower, upper) = grid.Limits(m);
        var below = Normal.Cdf((lower - m) / (deviation * _a[i]));
        var above = 1 - Normal.Cdf((upper - m) / (deviation * _a[i]));
        if (Math.Max(below, above) > 0.5)
        {
            // At an end of the grid, and for binary dimensions, only the mean moves, until crossing the nearest limit has probability α.
            if (Math.Min(below, above) < _margin)
                m = upper + (Math.Sign(m - upper) * deviation * _a[i] * Deviate(_margin));
        }
        else
        {
            // Below, within and above the value's limits: all three probabilities are at least α/2 and add up to 1.
            var half = _margin / 2;
            var within = 1 - (below + above);
            (below, above) = (Math.Max(below, half), Math.Max(above, half));
            var missing = (1 - below - above - within) / (below + within + above - (3 * half));
            var newBelow = Math.Clamp(below + (missing * (below - half)), LeastTail, 0.5 - LeastTail);
            var newAbove = Math.Clamp(above + (missing * (above - half)), LeastTail, 0.5 - LeastTail);

            // The mean and the spread that have these probabilities, with σ and C as they are.
            var (down, up) = (Deviate(newBelow), Deviate(newAbove));
            _a[i] = (upper - lower) / ((down + up) * deviation);
            m = ((lower * up) + (upper * down)) / (down + up);
        }

        if (!(double.IsFinite(m) && double.IsFinite(_a[i]) && _a[i] > 0))
            (m, _a[i]) = (Math.Clamp(double.IsFinite(m) ? m : 0.5, 0, 1), 1);
    }

    // √(χ²₁ quantile of 1 − 2 tail): the deviate that a normal variable exceeds with this probability.
    private static double Deviate(double tail) => tail >= 0.5 ? 0 : -NormalQuantile.At(tail, 1 - tail);
}
