using Optuna.Numerics;

namespace Optuna.Samplers.CmaEs;

/// <summary>
/// Learning rates of the mean and of Σ = σ²C that follow the signal-to-noise ratio of their updates: M. Nomura, Y. Akimoto and
/// I. Ono, "CMA-ES with Learning Rate Adaptation", GECCO 2023 (arXiv 2304.03473), for rugged or noisy objectives.
/// </summary>
internal sealed class LearningRates
{
    private const double Alpha = 1.4;
    private const double BetaMean = 0.1;
    private const double BetaSigma = 0.03;
    private const double Gamma = 0.1;
    private const double LargestSigma = 1e32;

    private readonly int _n;
    private readonly SymmetricEigen _eigen;
    private readonly double[] _oldMean;
    private readonly double[] _oldSigma;
    private readonly double[] _root;
    private readonly double[] _delta;
    private readonly double[] _local;
    private readonly double[] _product;
    private readonly double[] _values;
    private readonly double[] _vectors;
    private readonly Signal _meanSignal;
    private readonly Signal _sigmaSignal;

    internal LearningRates(int dimension)
    {
        _n = dimension;
        _eigen = new SymmetricEigen(dimension);
        (_oldMean, _values) = (new double[dimension], new double[dimension]);
        var squared = dimension * dimension;
        (_oldSigma, _root, _delta) = (new double[squared], new double[squared], new double[squared]);
        (_local, _product, _vectors) = (new double[squared], new double[squared], new double[squared]);
        (_meanSignal, _sigmaSignal) = (new Signal(dimension, BetaMean), new Signal(squared, BetaSigma));
    }

    /// <summary>η_m, at most 1.</summary>
    internal double Mean => _meanSignal.Rate;

    /// <summary>η_Σ, at most 1.</summary>
    internal double Sigma => _sigmaSignal.Rate;

    /// <summary>Keeps the distribution as it is before the update.</summary>
    /// <param name="c">Lower triangle of C = B D² Bᵀ.</param>
    /// <param name="b">By rows, one eigenvector each.</param>
    internal void Remember(ReadOnlySpan<double> mean, double sigma, ReadOnlySpan<double> c, ReadOnlySpan<double> b, ReadOnlySpan<double> d)
    {
        mean.CopyTo(_oldMean);
        Array.Clear(_root);
        for (var i = 0; i < _n; i++)
        {
            for (var j = 0; j < _n; j++)
                _oldSigma[(i * _n) + j] = sigma * sigma * Lower(c, i, j);
            for (var k = 0; k < _n; k++)
                FourLanes.Add(_root.AsSpan(i * _n), b[(k * _n) + i] / (d[k] * sigma), b.Slice(k * _n, _n));
        }
    }

    /// <summary>Takes back part of the update, in place.</summary>
    /// <returns>The new σ.</returns>
    internal double Adapt(Span<double> mean, double sigma, Span<double> c)
    {
        // Differences of one step, and the same in local coordinates: √Σ⁻¹ Δm and √Σ⁻¹ ΔΣ √Σ⁻¹ / √2.
        for (var i = 0; i < _n; i++)
            for (var j = 0; j < _n; j++)
                _delta[(i * _n) + j] = (sigma * sigma * Lower(c, i, j)) - _oldSigma[(i * _n) + j];
        for (var i = 0; i < _n; i++)
        {
            _values[i] = 0;
            for (var j = 0; j < _n; j++)
                _values[i] += _root[(i * _n) + j] * (mean[j] - _oldMean[j]);
        }

        Multiply(_delta, _root, _product);
        Multiply(_root, _product, _local);
        foreach (ref var v in _local.AsSpan())
            v /= Math.Sqrt(2);

        var before = Mean;
        _meanSignal.Follow(_values);
        _sigmaSignal.Follow(_local);

        // m and Σ at the new rates; Σ is split into σ and C so that det C = 1.
        for (var i = 0; i < _n; i++)
            mean[i] = _oldMean[i] + (Mean * (mean[i] - _oldMean[i]));
        for (var i = 0; i < _delta.Length; i++)
            _delta[i] = _oldSigma[i] + (Sigma * _delta[i]);
        if (!Reach.IsFinite(_delta))
            return double.NaN;
        _eigen.Decompose(_delta, _values, _vectors);
        var logDeterminant = 0.0;
        foreach (var v in _values)
            logDeterminant += Math.Log(v > 0 ? v : Reach.EigenFloor * _values[^1]);
        var split = Math.Min(Math.Exp(logDeterminant / 2 / _n), LargestSigma);
        for (var i = 0; i < c.Length; i++)
            c[i] = _delta[i] / (split * split);

        // Step-size correction: the best σ is inversely proportional to η_m.
        return split * (before / Mean);
    }

    internal void Restart()
    {
        _meanSignal.Restart();
        _sigmaSignal.Restart();
    }

    private double Lower(ReadOnlySpan<double> matrix, int i, int j) => matrix[i >= j ? (i * _n) + j : (j * _n) + i];

    private void Multiply(double[] a, double[] b, double[] product)
    {
        Array.Clear(product);
        for (var i = 0; i < _n; i++)
            for (var k = 0; k < _n; k++)
                FourLanes.Add(product.AsSpan(i * _n), a[(i * _n) + k], b.AsSpan(k * _n, _n));
    }

    /// <summary>Moving averages of an update and of its squared length, and the learning rate that follows from them.</summary>
    private sealed class Signal(int length, double beta)
    {
        private readonly double[] _e = new double[length];
        private double _v;

        internal double Rate { get; private set; } = 1;

        internal void Follow(ReadOnlySpan<double> update)
        {
            var (squared, squaredE) = (0.0, 0.0);
            for (var i = 0; i < _e.Length; i++)
            {
                _e[i] = ((1 - beta) * _e[i]) + (beta * update[i]);
                squared += update[i] * update[i];
                squaredE += _e[i] * _e[i];
            }

            _v = ((1 - beta) * _v) + (beta * squared);
            var noise = _v - squaredE;

            // Nothing ever moved: there is neither signal nor noise to go by.
            if (!(noise > 0))
                return;
            var ratio = (squaredE - (beta / (2 - beta) * _v)) / noise;
            var relative = Math.Clamp((ratio / Alpha / Rate) - 1, -1, 1);
            Rate = Math.Min(1, Rate * Math.Exp(Math.Min(Gamma * Rate, beta) * relative));
        }

        internal void Restart()
        {
            Array.Clear(_e);
            (_v, Rate) = (0, 1);
        }
    }
}
