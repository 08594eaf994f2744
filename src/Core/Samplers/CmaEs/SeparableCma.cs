using Optuna.Numerics;

namespace Optuna.Samplers.CmaEs;

/// <summary>
/// CMA-ES with a diagonal covariance matrix, linear in the dimension: Ros and Hansen, "A Simple Modification in CMA-ES Achieving
/// Linear Time and Space Complexity", PPSN 2008.
/// </summary>
/// <remarks>Bounds and injected solutions as in <see cref="FullCma"/>; equation numbers of arXiv 1604.00772, read for a diagonal C.</remarks>
internal sealed class SeparableCma : IEvolutionStrategy
{
    private readonly StrategyParameters _p;
    private readonly UnitBounds _bounds;
    private readonly Cumulation _paths;
    private readonly double _sigma0;
    private readonly double[] _mean0;
    private readonly double[] _mean;
    private readonly double[] _c;
    private readonly double[] _d;
    private readonly double[] _step;
    private readonly double[] _whitened;
    private readonly double[] _squares;
    private readonly double[] _y;

    /// <param name="mean">m, within the bounds; more than one dimension.</param>
    /// <param name="sigma">σ, above 0.</param>
    internal SeparableCma(ReadOnlySpan<double> mean, double sigma, int? populationSize = null, UnitBounds? bounds = null)
    {
        var n = mean.Length;
        if (n < 2)
            throw new ArgumentException($"Separable CMA-ES needs more than one dimension, but mean has {n}.", nameof(mean));
        _p = StrategyParameters.Separable(n, populationSize);
        _bounds = bounds ?? UnitBounds.Cube(n);
        _paths = new Cumulation(_p, sigma);
        (_sigma0, _mean0, _mean) = (sigma, mean.ToArray(), mean.ToArray());
        (_c, _d, _step, _whitened, _squares, _y) = (new double[n], new double[n], new double[n], new double[n], new double[n], new double[n]);
        Array.Fill(_c, 1);
        Array.Fill(_d, 1);
    }

    public int Dimension => _p.Dimension;

    public int PopulationSize => _p.PopulationSize;

    public int Generation { get; private set; }

    public ReadOnlySpan<double> Mean => _mean;

    public double Sigma => _paths.Sigma;

    public void Ask(RandomState random, Span<double> x)
    {
        for (var tries = 10 * Dimension; ; tries--)
        {
            random.NextGaussians(x[..Dimension]);
            for (var i = 0; i < _mean.Length; i++)
                x[i] = _mean[i] + (_paths.Sigma * _d[i] * x[i]);
            if (_bounds.Contain(x))
                return;
            if (tries == 0)
                break;
        }

        _bounds.Clip(x);
    }

    public void Tell(Population population)
    {
        Generation++;
        var (n, sigma) = (Dimension, _paths.Sigma);

        // (41), and the rank-μ part of (47) on the way.
        Array.Clear(_step);
        Array.Clear(_squares);
        for (var k = 0; k < _p.Mu; k++)
        {
            var x = population.Point(k);
            var w = _p.Weights[k];
            for (var i = 0; i < n; i++)
                _y[i] = (x[i] - _mean[i]) / sigma;
            if (population.IsInjected(k))
                Shorten(_y);
            for (var i = 0; i < n; i++)
            {
                _step[i] += w * _y[i];
                _squares[i] += w * _y[i] * _y[i];
            }
        }

        // (42) to (45)
        for (var i = 0; i < n; i++)
        {
            _mean[i] += sigma * _step[i];
            _whitened[i] = _step[i] / _d[i];
        }

        var h = _paths.Advance(_step, _whitened, Generation, population.HasInjected);

        // (47)
        var retained = _paths.Retained(h);
        var pc = _paths.Path;
        for (var i = 0; i < n; i++)
        {
            _c[i] = (retained * _c[i]) + (_p.C1 * pc[i] * pc[i]) + (_p.CMu * _squares[i]);
            _d[i] = Math.Sqrt(_c[i] > 0 ? _c[i] : Reach.EigenFloor);
        }

        StayInReach();
    }

    public void CopyCovariance(Span<double> destination)
    {
        destination[..(Dimension * Dimension)].Clear();
        for (var i = 0; i < Dimension; i++)
            destination[(i * Dimension) + i] = _c[i];
    }

    private void Shorten(Span<double> y)
    {
        var sum = 0.0;
        for (var i = 0; i < y.Length; i++)
            sum += y[i] * y[i] / (_d[i] * _d[i]);
        var excess = Math.Sqrt(sum) / Reach.OfInjected(Dimension);
        if (excess > 1)
            foreach (ref var v in y)
                v /= excess;
    }

    private void StayInReach()
    {
        var deviation = 0.0;
        foreach (var d in _d)
            deviation = Math.Max(deviation, _paths.Sigma * d);
        if (deviation > 0 && deviation <= Reach.Largest && Reach.IsFinite(_c) && Reach.IsFinite(_mean))
        {
            if (deviation < Reach.Smallest)
                _paths.Sigma *= Reach.Smallest / deviation;
            return;
        }

        if (!Reach.IsFinite(_mean))
            _mean0.CopyTo(_mean, 0);
        Array.Fill(_c, 1);
        Array.Fill(_d, 1);
        _paths.Restart(_sigma0);
    }
}
