using System.Globalization;
using Optuna.Distributions;
using Optuna.SearchSpaces;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Samplers.Grid;

/// <summary>Tries every combination of given values once, in an order the seed decides, and then ends the optimisation.</summary>
/// <remarks>
/// A trial is given its point when it starts, as system attributes <c>grid_id</c> and <c>search_space</c>: Optuna's. Trial
/// numbers below the number of points are points themselves, later trials get one at random that nobody has. A failed or
/// pruned trial has visited its point too. Queued trials must bring all their parameters. A start costs O(running trials).
/// </remarks>
public sealed class GridSampler : IRelativeSampler, IStartingSampler, IExhaustible
{
    internal const string IdKey = "grid_id";
    internal const string SpaceKey = "search_space";

    private readonly GridPoints _points;
    private readonly HistoryMemory<GridVisits> _visits;
    private readonly Lock _gate = new();

    /// <param name="searchSpace">Values by parameter, each null, a bool, a number or a text.</param>
    /// <param name="seed">Decides the order of points; the study's seed does not.</param>
    /// <exception cref="ArgumentException">A parameter has no values or one of another type, or there are over 10 000 000 combinations.</exception>
    public GridSampler(IEnumerable<KeyValuePair<string, IReadOnlyList<object?>>> searchSpace, uint seed = 0)
    {
        ArgumentNullException.ThrowIfNull(searchSpace);
        _points = new GridPoints(searchSpace, seed);
        _visits = new HistoryMemory<GridVisits>(() => new GridVisits(_points));
    }

    public bool DrawsInTurn(SamplingContext context) => true;

    public bool DrawsAhead => false;

    /// <inheritdoc/>
    public bool IsExhausted(StudyView study)
    {
        lock (_gate)
            return _visits.Of(study.Whole).IsExhausted(study.Whole);
    }

    /// <summary>Whether every point was visited or is being visited.</summary>
    public bool IsExhausted(Study study)
    {
        ArgumentNullException.ThrowIfNull(study);
        var left = new IndexSet(_points.Count);
        foreach (var trial in study.Trials)
        {
            var attrs = trial.SystemAttrs.ToDictionary(a => a.Key, a => a.Value);
            if (trial.State != TrialState.Waiting && attrs.TryGetValue(SpaceKey, out var space) && attrs.TryGetValue(IdKey, out var id) && _points.IsSame(space))
                left.Remove(int.Parse(id, CultureInfo.InvariantCulture));
        }

        return left.Count == 0;
    }

    public void BeforeTrial(SamplingContext context)
    {
        if (context.TrialAttr(IdKey) is not null || context.IsQueued)
            return;
        int id;
        bool isRepeated;
        lock (_gate)
            id = _visits.Of(context.Study.Whole).Choose(context.Study.Whole, context.Number, context.Random.Own, out isRepeated);
        if (isRepeated)
            OptunaLog.Warning($"Trial {context.Number} repeats a point of the grid: every point has been visited.");
        context.SetTrialAttr(SpaceKey, _points.Json);
        context.SetTrialAttr(IdKey, id.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>What can be given without being asked for: parameters every finished trial had, where the value lies in range.</summary>
    public SearchSpace InferRelativeSpace(SamplingContext context) => PointOf(context) is { } id
        ? new SearchSpace(context.Study.Whole.SpaceOfFinished.Params.Where(p => !p.Value.IsSingle && InRange(id, p.Key, p.Value)))
        : SearchSpace.Empty;

    public IReadOnlyList<TrialParam> SampleRelative(SamplingContext context, SearchSpace space)
    {
        var id = PointOf(context)!.Value;
        return [.. space.Params.Select(p => new TrialParam(p.Key, p.Value, p.Value.ToInternal(_points.TryGetValue(id, p.Key, out var v) ? v : null)))];
    }

    /// <exception cref="ArgumentException">The parameter is not in the grid, its value is none of the choices, or the trial was queued without it.</exception>
    public double SampleIndependent(SamplingContext context, string name, Distribution distribution)
    {
        if (PointOf(context) is not { } id)
            throw new ArgumentException($"Trial {context.Number} was queued without a value for parameter '{name}': with GridSampler a queued trial needs all its parameters.");
        if (!_points.TryGetValue(id, name, out var external))
            throw new ArgumentException($"Parameter '{name}' is not in the grid, which has {string.Join(", ", _points.Names)}.");
        var value = distribution.ToInternal(external);
        if (!distribution.Contains(value))
            context.AllowOutOfRange($"The grid's value {external} of parameter '{name}' is out of range of {distribution}; it is used all the same.");
        return value;
    }

    private int? PointOf(SamplingContext context) =>
        int.TryParse(context.TrialAttr(IdKey), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id < _points.Count ? id : null;

    private bool InRange(int id, string name, Distribution distribution)
    {
        if (!_points.TryGetValue(id, name, out var external))
            return false;
        try
        {
            return distribution.Contains(distribution.ToInternal(external));
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
