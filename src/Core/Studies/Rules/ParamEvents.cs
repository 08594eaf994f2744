using System.Collections.Immutable;
using Optuna.Distributions;
using Optuna.Studies.State;
using Optuna.Trials;

namespace Optuna.Studies.Rules;

/// <summary>Turns names and distributions into places of the parameter table, defining what is new on the way.</summary>
internal sealed class ParamEvents(StudyState state)
{
    private ImmutableArray<IStudyEvent> _events = [];
    private Dictionary<(string, Distribution), int>? _new;

    /// <summary>Everything so far, definitions before their first use.</summary>
    public ImmutableArray<IStudyEvent> Events => _events;

    public void Add(IStudyEvent e) => _events = _events.Add(e);

    public ParamValue Place(TrialParam p) => new(Index(p.Name, p.Distribution), p.Value);

    public ImmutableArray<ParamValue> Place(ImmutableArray<TrialParam> ps)
    {
        var placed = ImmutableArray.CreateBuilder<ParamValue>(ps.Length);
        foreach (var p in ps)
            placed.Add(Place(p));
        return placed.MoveToImmutable();
    }

    private int Index(string name, Distribution distribution)
    {
        if (state.Params.Find(name, distribution) is { } known)
            return known;
        _new ??= [];
        if (_new.TryGetValue((name, distribution), out var defined))
            return defined;
        var index = state.Params.Count + _new.Count;
        _new.Add((name, distribution), index);
        Add(new StudyEvents.ParamDefined(index, name, distribution));
        return index;
    }

    /// <summary>Records drawn parameters the objective took: those the trial does not have yet.</summary>
    /// <returns>Null when that is right, else the refusal.</returns>
    public Decision? Use(LiveTrial trial, ImmutableArray<TrialParam> used)
    {
        if (used.IsDefaultOrEmpty)
            return null;
        var fresh = used.RemoveAll(u => trial.Params.Exists(p => state.Params[p.Param].Name == u.Name));
        for (var i = 0; i < fresh.Length; i++)
        {
            var u = fresh[i];
            if (fresh.Take(i).Any(earlier => earlier.Name == u.Name))
                return Decision.Refuse(Rejection.InvalidValue, $"Parameter '{u.Name}' was used twice.");
            if (Fault(u.Name, u.Distribution) is { } conflict)
                return conflict;
            if (!u.Distribution.Contains(u.Value))
            {
                return Decision.Refuse(Rejection.InvalidValue,
                    $"Parameter '{u.Name}': the value {u.Value} is not contained in {u.Distribution}.");
            }
        }

        if (!fresh.IsEmpty)
            Add(new StudyEvents.ParamsSet(trial.Number, Place(fresh)));
        return null;
    }

    /// <summary>Why the study cannot have this name with this distribution, or null.</summary>
    public Decision? Fault(string name, Distribution distribution)
    {
        if (string.IsNullOrEmpty(name) || name.Length > StudyRules.MaxNameLength)
        {
            return Decision.Refuse(Rejection.InvalidValue,
                $"A parameter name must have 1 to {StudyRules.MaxNameLength} characters (this has {name?.Length ?? 0}).");
        }

        return state.Params.Column(name)?.First is { } first
            && DistributionCompatibility.Conflict(name, first, distribution) is { } sentence
            ? Decision.Refuse(Rejection.IncompatibleDistribution, sentence)
            : null;
    }
}
