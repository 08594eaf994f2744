using System.Collections.Immutable;
using Optuna.Distributions;
using Optuna.Numerics;
using Optuna.Samplers.Tpe.Mixture;
using Optuna.Studies.State;

namespace Optuna.Samplers.Tpe;

/// <summary>The two densities over one space of one study, and the candidates drawn from the good one.</summary>
internal sealed class TpeModel
{
    // Up to so many poor trials the density is made anew for every draw, number for number as Optuna makes it, so that what is
    // equally good in theory is decided alike. It costs little, and no sequence that one would compare is longer.
    private const int Short = 256;

    private readonly Candidates _candidates;
    private readonly TrialRows _rows;
    private readonly ParzenEstimator _good;
    private readonly ParzenEstimator _poor;
    private readonly PoorMixture _mixture;
    private readonly double[] _goodDensity;
    private readonly double[] _poorDensity;
    private double[] _values = [];

    internal TpeModel(IEnumerable<KeyValuePair<string, Distribution>> space, int candidates, ParzenOptions options, ParzenOptions? goodOptions = null)
    {
        var named = space.ToArray();
        TpeParameter[] parameters = [.. named.Select(p => TpeParameter.Of(p.Value))];
        _rows = new TrialRows(named.Select(p => p.Key));
        _good = new ParzenEstimator(parameters, goodOptions ?? options);
        _poor = new ParzenEstimator(parameters, options);
        _mixture = new PoorMixture(parameters, _rows, options);
        _candidates = new Candidates(parameters, candidates);
        (_goodDensity, _poorDensity) = (new double[candidates], new double[candidates]);
    }

    /// <summary>Draws and weighs candidates for a trial; the best one's index.</summary>
    /// <param name="good">Numbers of the good trials, ascending.</param>
    /// <param name="running">Trials that count as poor.</param>
    internal int Draw(SamplingContext context, ReadOnlySpan<int> good, ImmutableArray<RunningView> running)
    {
        _rows.Bring(context.Study, good, running, context.Number);
        Fit(_good, _rows.GoodCount, _rows.GatherGood);
        _good.Sample(context.Random.Own, _candidates);
        _good.LogDensity(_candidates, _goodDensity);
        if (_rows.PoorCount <= Short || !_mixture.IsUsable)
        {
            _rows.Watcher = null;
            Fit(_poor, _rows.PoorCount, _rows.GatherPoor);
            _poor.LogDensity(_candidates, _poorDensity);
            return Acquisition.Best(_goodDensity, _poorDensity);
        }

        if (_rows.Watcher is null)
        {
            _rows.Watcher = _mixture;
            _mixture.Reloaded();
        }

        _mixture.LogDensity(_candidates, _poorDensity);
        return Acquisition.Best(_goodDensity, _poorDensity);
    }

    /// <summary>A candidate's internal value of one parameter.</summary>
    internal double Value(int parameter, int candidate) => _candidates.Values(parameter)[candidate];

    private void Fit(ParzenEstimator estimator, int count, Gathering gather)
    {
        if (_values.Length < count)
            _values = new double[2 * count];
        var values = _values.AsSpan(0, count);
        estimator.Begin(count);
        for (var j = 0; j < _rows.Parameters; j++)
        {
            gather(j, values);
            estimator.Observe(j, values);
        }
    }

    private delegate void Gathering(int parameter, Span<double> values);
}
