using System.Collections.Immutable;
using Optuna.Distributions;
using Optuna.SearchSpaces;
using Optuna.Studies;
using Optuna.Studies.State;
using Optuna.Trials;

namespace Optuna.Samplers.Tpe;

/// <summary>Everything one draw needs besides the study: densities by space and buffers, used by one thread at a time.</summary>
internal sealed class TpeWorkspace(TpeOptions options, ValueOrders orders)
{
    // Spaces change now and then as a study sees new parameters; a study whose ranges never stay the same must not pile them up.
    private const int MostModels = 64;

    private const int Few = 64;
    private const int Many = 1000;

    private readonly ParzenOptions _parzen = options.Parzen;
    private readonly Dictionary<SearchSpace, TpeModel> _joint = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Distribution, TpeModel> _single = [];
    private readonly GoodSet _good = new();
    private readonly TrialRows _goodRows = new();
    private readonly TrialRows _poorRows = new();
    private int[] _order = [];

    /// <summary>Draws all parameters of a space together.</summary>
    internal void Draw(SamplingContext context, SearchSpace space, List<TrialParam> drawn)
    {
        var model = Model(_joint, space, space.Params.Select(p => p.Value));
        Split(context);
        Fit(model.Good, context.Study, _goodRows, space);
        Fit(model.Poor, context.Study, _poorRows, space);
        var best = model.Draw(context.Random.Own);
        for (var j = 0; j < space.Count; j++)
            drawn.Add(new TrialParam(space.Params[j].Key, space.Params[j].Value, model.Value(j, best)));
    }

    /// <summary>Draws one parameter from the trials that have it.</summary>
    internal double Draw(SamplingContext context, string name, Distribution distribution)
    {
        var model = Model(_single, distribution, [distribution]);
        Split(context);
        Fit(model.Good, context.Study, _goodRows, name);
        Fit(model.Poor, context.Study, _poorRows, name);
        return model.Value(0, model.Draw(context.Random.Own));
    }

    private void Split(SamplingContext context)
    {
        var study = context.Study;
        var n = study.CompleteCount + study.PrunedCount;
        var size = options.Gamma is null ? TpeGamma.Default(n) : options.Gamma(n);
        if (size < 0)
            throw new ArgumentException($"The gamma function must not return a negative number, but for {n} trials it returned {size}.");
        var good = _good.Of(study, size);
        _goodRows.Take(good);
        _poorRows.TakeOthers(study, good, options.ConstantLiar ? study.Running : [], context.Number);
    }

    private void Fit(ParzenEstimator estimator, StudyView study, TrialRows rows, SearchSpace space)
    {
        estimator.Begin(rows.Count);
        for (var j = 0; j < space.Count; j++)
        {
            if (TryObserve(estimator, j, study, rows, space.Params[j].Key))
                continue;

            // Once, as what is left has all of them.
            foreach (var (name, _) in space.Params)
                rows.KeepThoseWith(study, name);
            estimator.Begin(rows.Count);
            j = -1;
        }
    }

    private void Fit(ParzenEstimator estimator, StudyView study, TrialRows rows, string name)
    {
        rows.KeepThoseWith(study, name);
        estimator.Begin(rows.Count);
        TryObserve(estimator, 0, study, rows, name);
    }

    private bool TryObserve(ParzenEstimator estimator, int parameter, StudyView study, TrialRows rows, string name)
    {
        if (!rows.TryValues(study, name, out var values))
            return false;
        estimator.Observe(parameter, values, Ascending(study, rows, name, values));
        return true;
    }

    // Empty leaves the sorting to the estimator: cheaper for few rows, and where values repeat in a study short enough to
    // be compared with Optuna's, equal ones must be in the order its sort leaves them in.
    private ReadOnlySpan<int> Ascending(StudyView study, TrialRows rows, string name, ReadOnlySpan<double> values)
    {
        if (rows.Count <= Few || study.Column(name) is not { First: not CategoricalDistribution } column)
            return [];
        if (_order.Length < rows.Count)
            _order = new int[2 * rows.Count];
        var order = _order.AsSpan(0, rows.Count);
        orders.Of(study, column).Fill(study, rows.Rows, values, rows.Indices(study), order);
        return rows.Count <= Many && Repeats(values, order) ? [] : order;
    }

    private static bool Repeats(ReadOnlySpan<double> values, ReadOnlySpan<int> ascending)
    {
        for (var i = 1; i < ascending.Length; i++)
        {
            if (values[ascending[i]] == values[ascending[i - 1]])
                return true;
        }

        return false;
    }

    private TpeModel Model<TKey>(Dictionary<TKey, TpeModel> models, TKey key, IEnumerable<Distribution> distributions)
        where TKey : notnull
    {
        if (models.TryGetValue(key, out var known))
            return known;
        if (models.Count == MostModels)
            models.Clear();
        var model = new TpeModel(distributions, options.EiCandidates, _parzen);
        models.Add(key, model);
        return model;
    }
}
