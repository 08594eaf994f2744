using Optuna.Numerics;

namespace Optuna.Samplers.CmaEs;

/// <summary>CMA-ES with a full covariance matrix and active updates, within bounds.</summary>
/// <remarks>
/// Hansen's tutorial, arXiv 1604.00772, whose equation numbers stand at the lines. A point outside the bounds is drawn again, up to
/// ten times the dimension, then clipped. Solutions marked as injected follow Hansen, "Injecting External Solutions Into CMA-ES",
/// arXiv 1110.4181.
/// </remarks>
internal sealed class FullCma : IEvolutionStrategy
{
    private readonly StrategyParameters _p;
    private readonly UnitBounds _bounds;
    private readonly Cumulation _paths;
    private readonly LearningRates? _rates;
    private readonly SymmetricEigen _eigen;
    private readonly double _sigma0;
    private readonly double[] _mean0;
    private readonly double[] _mean;
    private readonly double[] _c;
    private readonly double[] _b;
    private readonly double[] _d;
    private readonly double[] _squares;
    private readonly double[] _steps;
    private readonly double[] _z;
    private readonly double[] _step;
    private readonly double[] _whitened;
    private bool _decomposed;

    /// <param name="mean">m, within the bounds.</param>
    /// <param name="sigma">σ, above 0.</param>
    /// <param name="covariance">C, n × n by rows; null for I.</param>
    /// <param name="adaptRates">Adapt the learning rates, see <see cref="LearningRates"/>.</param>
    /// <param name="bounds">Null: [0, 1] in every dimension.</param>
    internal FullCma(
        ReadOnlySpan<double> mean, double sigma, int? populationSize = null, ReadOnlySpan<double> covariance = default,
        bool adaptRates = false, UnitBounds? bounds = null)
    {
        var n = mean.Length;
        _p = StrategyParameters.Full(n, populationSize);
        _bounds = bounds ?? UnitBounds.Cube(n);
        _paths = new Cumulation(_p, sigma);
        _rates = adaptRates ? new LearningRates(n) : null;
        _eigen = new SymmetricEigen(n);
        (_sigma0, _mean0, _mean) = (sigma, mean.ToArray(), mean.ToArray());
        _c = new double[n * n];
        if (covariance.IsEmpty)
            SetIdentity();
        else
            covariance.CopyTo(_c);
        _b = new double[n * n];
        (_d, _squares, _z, _step, _whitened) = (new double[n], new double[n], new double[n], new double[n], new double[n]);
        _steps = new double[_p.PopulationSize * n];
    }

    public int Dimension => _p.Dimension;

    public int PopulationSize => _p.PopulationSize;

    public int Generation { get; private set; }

    public ReadOnlySpan<double> Mean => _mean;

    public double Sigma => _paths.Sigma;

    /// <summary>m, for the margin correction, which moves it.</summary>
    internal Span<double> MovableMean => _mean;

    /// <summary>Where the learning rates stand; null when they are fixed.</summary>
    internal LearningRates? Rates => _rates;

    internal double Variance(int i) => _c[(i * Dimension) + i];

    public void Ask(RandomState random, Span<double> x)
    {
        Decompose();
        for (var tries = 10 * Dimension; ; tries--)
        {
            Draw(random, x);
            if (_bounds.Contain(x))
                return;
            if (tries == 0)
                break;
        }

        _bounds.Clip(x);
    }

    public void Tell(Population population)
    {
        var (n, mu, w) = (Dimension, _p.Mu, _p.Weights);
        Generation++;
        Decompose();
        var sigma = _paths.Sigma;
        _rates?.Remember(_mean, sigma, _c, _b, _d);

        // y_k = (x_k − m) / σ, best first.
        for (var k = 0; k < w.Length; k++)
        {
            var y = Step(k);
            var x = population.Point(k);
            for (var i = 0; i < n; i++)
                y[i] = (x[i] - _mean[i]) / sigma;
            if (population.IsInjected(k))
                Shorten(y);
        }

        // (41), (42)
        Array.Clear(_step);
        for (var k = 0; k < mu; k++)
            FourLanes.Add(_step, w[k], Step(k));
        FourLanes.Add(_mean, sigma, _step);

        // (43) to (45)
        Whiten(_step, _whitened);
        var h = _paths.Advance(_step, _whitened, Generation, population.HasInjected);

        // (46), (47)
        var retained = _paths.Retained(h);
        var pc = _paths.Path;
        for (var i = 0; i < n; i++)
            for (var j = 0; j <= i; j++)
                _c[(i * n) + j] = (retained * _c[(i * n) + j]) + (_p.C1 * pc[i] * pc[j]);
        for (var k = 0; k < w.Length; k++)
        {
            var y = Step(k);
            var share = _p.CMu * (w[k] >= 0 ? w[k] : w[k] * n / (SquaredLength(y) + Reach.ShortestStep));
            for (var i = 0; i < n; i++)
                FourLanes.Add(_c.AsSpan(i * n), share * y[i], y[..(i + 1)]);
        }

        _decomposed = false;
        if (_rates is not null)
            _paths.Sigma = _rates.Adapt(_mean, _paths.Sigma, _c);
        StayInReach();
    }

    public void CopyCovariance(Span<double> destination)
    {
        Decompose();
        for (var i = 0; i < Dimension; i++)
            for (var j = 0; j <= i; j++)
                destination[(i * Dimension) + j] = destination[(j * Dimension) + i] = _c[(i * Dimension) + j];
    }

    /// <summary>x = m + σ B D z, wherever that lies.</summary>
    internal void Draw(RandomState random, Span<double> x)
    {
        Decompose();
        random.NextGaussians(_z);
        x[..Dimension].Clear();
        for (var k = 0; k < Dimension; k++)
            FourLanes.Add(x, _d[k] * _z[k], _b.AsSpan(k * Dimension, Dimension));
        var sigma = _paths.Sigma;
        for (var i = 0; i < _mean.Length; i++)
            x[i] = _mean[i] + (sigma * x[i]);
    }

    private Span<double> Step(int k) => _steps.AsSpan(k * Dimension, Dimension);

    // C = B D² Bᵀ; row k of _b is the k-th column of B.
    private void Decompose()
    {
        if (_decomposed)
            return;
        _decomposed = true;
        _eigen.Decompose(_c, _squares, _b);
        var negative = false;
        for (var k = 0; k < _squares.Length; k++)
        {
            negative |= _squares[k] <= 0;
            if (_squares[k] <= 0)
                _squares[k] = Reach.EigenFloor;
            _d[k] = Math.Sqrt(_squares[k]);
        }

        if (!negative)
            return;
        Array.Clear(_c);
        for (var k = 0; k < Dimension; k++)
        {
            var b = _b.AsSpan(k * Dimension, Dimension);
            for (var i = 0; i < Dimension; i++)
                for (var j = 0; j <= i; j++)
                    _c[(i * Dimension) + j] += _squares[k] * b[i] * b[j];
        }
    }

    // C^(−1/2) y = B D⁻¹ Bᵀ y
    private void Whiten(ReadOnlySpan<double> y, Span<double> destination)
    {
        destination.Clear();
        for (var k = 0; k < Dimension; k++)
        {
            var b = _b.AsSpan(k * Dimension, Dimension);
            FourLanes.Add(destination, FourLanes.Dot(b, y) / _d[k], b);
        }
    }

    // ‖C^(−1/2) y‖²
    private double SquaredLength(ReadOnlySpan<double> y)
    {
        var sum = 0.0;
        for (var k = 0; k < Dimension; k++)
        {
            var along = FourLanes.Dot(_b.AsSpan(k * Dimension, Dimension), y);
            sum += along * along / _squares[k];
        }

        return sum;
    }

    // Hansen 2011: an injected step keeps its direction, but is no longer than drawn ones tend to be.
    private void Shorten(Span<double> y)
    {
        var excess = Math.Sqrt(SquaredLength(y)) / Reach.OfInjected(Dimension);
        if (excess > 1)
            foreach (ref var v in y)
                v /= excess;
    }

    // A distribution that collapsed below rounding is held there; one that burst, or holds NaN, starts afresh around its mean.
    private void StayInReach()
    {
        var widest = 0.0;
        for (var i = 0; i < Dimension; i++)
            widest = Math.Max(widest, Variance(i));
        var deviation = _paths.Sigma * Math.Sqrt(widest);
        if (deviation > 0 && deviation <= Reach.Largest && Reach.IsFinite(_c) && Reach.IsFinite(_mean))
        {
            if (deviation < Reach.Smallest)
                _paths.Sigma *= Reach.Smallest / deviation;
            return;
        }

        if (!Reach.IsFinite(_mean))
            _mean0.CopyTo(_mean, 0);
        SetIdentity();
        _paths.Restart(_sigma0);
        _rates?.Restart();
    }

    private void SetIdentity()
    {
        Array.Clear(_c);
        for (var i = 0; i < Dimension; i++)
            _c[(i * Dimension) + i] = 1;
    }
}
