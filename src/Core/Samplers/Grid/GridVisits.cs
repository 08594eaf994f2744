using System.Globalization;
using Optuna.Numerics;
using Optuna.Studies;

namespace Optuna.Samplers.Grid;

/// <summary>Which points of a grid the finished trials of a study have not visited: kept up as trials finish.</summary>
internal sealed class GridVisits(GridPoints points) : IFollowsHistory
{
    private readonly IndexSet _unvisited = new(points.Count);
    private int _taken;

    public bool CatchUp(StudyView study)
    {
        if (study.FinishedCount < _taken)
            return false;
        foreach (var number in study.FinishOrder[_taken..])
        {
            if (IdOf(study.TrialAttr(number, GridSampler.SpaceKey), study.TrialAttr(number, GridSampler.IdKey)) is { } id)
                _unvisited.Remove(id);
        }

        _taken = study.FinishedCount;
        return true;
    }

    /// <summary>Every point is visited or being visited.</summary>
    public bool IsExhausted(StudyView study) => WithoutRunning(study, () => _unvisited.Count == 0);

    /// <summary>The point for a new trial.</summary>
    /// <param name="wanted">Taken if it is free.</param>
    /// <param name="isRepeated">Every point was visited before.</param>
    public int Choose(StudyView study, int wanted, RandomState random, out bool isRepeated)
    {
        isRepeated = _unvisited.Count == 0;
        // Optuna draws among the points nobody works at; if there is none, among those not finished; then among all.
        return WithoutRunning(study, () =>
                _unvisited.Contains(wanted) ? wanted
                : _unvisited.Count > 0 ? _unvisited[random.NextIndex(_unvisited.Count)]
                : (int?)null)
            ?? (isRepeated ? random.NextIndex(points.Count) : _unvisited[random.NextIndex(_unvisited.Count)]);
    }

    private T WithoutRunning<T>(StudyView study, Func<T> ask)
    {
        var removed = new List<int>();
        foreach (var trial in study.Running)
        {
            if (IdOf(study.TrialAttr(trial.Number, GridSampler.SpaceKey), study.TrialAttr(trial.Number, GridSampler.IdKey)) is { } id && _unvisited.Remove(id))
                removed.Add(id);
        }

        var answer = ask();
        removed.ForEach(_unvisited.Restore);
        return answer;
    }

    private int? IdOf(string? space, string? id) =>
        space is not null && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && points.IsSame(space) ? at : null;
}
