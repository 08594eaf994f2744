using Optuna.Numerics;

namespace Optuna.Samplers.Tpe;

/// <summary>
/// A density over a search space: a weighted mixture with one kernel per observation and one for the prior, each a product
/// of one factor per parameter (Bergstra et al. 2011; multivariate as in Falkner et al. 2018).
/// </summary>
/// <remarks>
/// Holds its buffers, so one instance is fitted again and again without allocating; not thread-safe. Fit it with
/// <see cref="Begin(int)"/> and one <see cref="Observe"/> per parameter.
/// </remarks>
internal sealed class ParzenEstimator
{
    private readonly TpeParameter[] _parameters;
    private readonly ParzenOptions _options;
    private readonly KernelColumn[] _columns;
    private double[] _weights = [1];
    private double[] _constants = [];
    private int _kernels;
    private TermBlock? _block;
    private int[] _chosen = [];
    private double[] _quantiles = [];

    internal ParzenEstimator(ReadOnlySpan<TpeParameter> parameters, ParzenOptions? options = null)
    {
        _parameters = parameters.ToArray();
        _options = options ?? ParzenOptions.Default;
        _columns = Array.ConvertAll(_parameters, KernelColumn.For);
    }

    /// <summary>How many kernels there are, the prior's among them.</summary>
    internal int Kernels => _kernels;

    /// <summary>The kernels' weights, oldest observation first and the prior last; they add up to 1.</summary>
    internal ReadOnlySpan<double> Weights => _weights.AsSpan(0, _kernels);

    /// <summary>Starts a fit to so many observations, weighted as the options say.</summary>
    internal void Begin(int observations)
    {
        Resize(observations);
        ParzenWeights.Fill(_weights.AsSpan(0, _kernels), _options);
        SetConstants();
    }

    /// <summary>Starts a fit to observations with given weights, as the good set of several objectives has.</summary>
    internal void Begin(ReadOnlySpan<double> weights)
    {
        Resize(weights.Length);
        weights.CopyTo(_weights);
        ParzenWeights.Close(_weights.AsSpan(0, _kernels), _options.PriorWeight);
        SetConstants();
    }

    /// <summary>Fits one parameter's kernels. Every parameter must be given once after <c>Begin</c>.</summary>
    /// <param name="parameter">Index of the parameter.</param>
    /// <param name="values">Its observed values, in the order of the weights.</param>
    internal void Observe(int parameter, ReadOnlySpan<double> values)
    {
        if (values.Length != _kernels - 1)
            throw new ArgumentException($"Parameter {parameter} has {values.Length} observed values where the fit was begun for {_kernels - 1}.", nameof(values));
        _columns[parameter].Fit(values, _constants.AsSpan(0, TermBlock.Padded(_kernels)), _options);
    }

    /// <summary>
    /// Draws candidates as Optuna does: first the kernel of every candidate, then all quantiles of one categorical
    /// parameter after the other, then those of the numeric ones.
    /// </summary>
    internal void Sample(RandomState random, Candidates candidates)
    {
        if (_chosen.Length < candidates.Count)
            (_chosen, _quantiles) = (new int[candidates.Count], new double[candidates.Count]);
        var chosen = _chosen.AsSpan(0, candidates.Count);
        random.Choice(Weights, chosen);
        candidates.Clear();
        SampleWhere(categorical: true, random, candidates);
        SampleWhere(categorical: false, random, candidates);
    }

    /// <summary>Writes each candidate's log density, accurate to about 1e-13.</summary>
    internal void LogDensity(Candidates candidates, Span<double> destination)
    {
        var block = Prepare(candidates);
        for (var start = 0; start < _kernels; start += TermBlock.Kernels)
            Weigh(block, start);
        for (var c = 0; c < candidates.Count; c++)
            destination[c] = candidates.IsOutside(c) ? double.NegativeInfinity : block.Total(c);
    }

    private TermBlock Prepare(Candidates candidates)
    {
        if (_block is null || _block.Candidates != candidates.Count)
            _block = new TermBlock(candidates.Count);
        for (var j = 0; j < _columns.Length; j++)
            _columns[j].Prepare(candidates, j);
        _block.Clear();
        return _block;
    }

    private void Weigh(TermBlock block, int start)
    {
        var constants = _constants.AsSpan(0, TermBlock.Padded(_kernels));
        block.Begin(start, constants.Length);
        foreach (var column in _columns)
            column.AddTo(block);
        block.Accumulate(constants, Math.Min(block.Length, _kernels - start));
    }

    private void SampleWhere(bool categorical, RandomState random, Candidates candidates)
    {
        var quantiles = _quantiles.AsSpan(0, candidates.Count);
        for (var j = 0; j < _columns.Length; j++)
        {
            if (_parameters[j].Kind == TpeParameterKind.Categorical != categorical)
                continue;
            random.NextDoubles(quantiles);
            _columns[j].Sample(_chosen.AsSpan(0, candidates.Count), quantiles, candidates, j);
        }
    }

    private void Resize(int observations)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(observations);
        _kernels = observations + 1;
        var needed = TermBlock.Padded(_kernels);
        if (_constants.Length < needed)
            (_weights, _constants) = (new double[2 * needed], new double[2 * needed]);
    }

    // Padding has no weight, so it adds nothing to a density.
    private void SetConstants()
    {
        var padded = _constants.AsSpan(0, TermBlock.Padded(_kernels));
        VectorMath.Log(Weights, padded);
        padded[_kernels..].Fill(double.NegativeInfinity);
    }
}
