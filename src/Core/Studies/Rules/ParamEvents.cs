using System.Collections.Immutable;
using Optuna.Distributions;
using Optuna.Studies.State;
using Optuna.Trials;

namespace Optuna.Studies.Rules;

/// <summary>Turns names and distributions into places of the parameter table, defining what is new on the way.</summary>
internal struct ParamEvents(StudyState state)
{
    private ImmutableArray<IStudyEvent> _events = [];
    private Dictionary<(string Name, string Distribution), int>? _new;

    /// <summary>Everything so far, definitions before their first use.</summary>
    public readonly ImmutableArray<IStudyEvent> Events => _events;

    public void Add(IStudyEvent e) => _events = _events.Add(e);

    public ParamValue Place(TrialParam p) => Place(p, state.Params.Column(p.Name));

    /// <param name="column">The name's, if the study has one.</param>
    public ParamValue Place(TrialParam p, ParamColumn? column) =>
        new(column?.Find(p.Distribution) ?? Define(p.Name, p.Distribution), p.Value);

    public ImmutableArray<ParamValue> Place(ImmutableArray<TrialParam> ps)
    {
        var placed = ImmutableArray.CreateBuilder<ParamValue>(ps.Length);
        foreach (var p in ps)
            placed.Add(Place(p));
        return placed.MoveToImmutable();
    }

    /// <summary>As <see cref="Place(TrialParam)"/>, and the distribution's own text is kept.</summary>
    public ParamValue PlaceExactly(TrialParam p) =>
        new(state.Params.Column(p.Name)?.FindExactly(p.Distribution) ?? Define(p.Name, p.Distribution), p.Value);

    private int Define(string name, Distribution distribution)
    {
        _new ??= [];
        var key = (name, DistributionJson.TextOf(distribution));
        if (_new.TryGetValue(key, out var defined))
            return defined;
        var index = state.Params.Count + _new.Count;
        _new.Add(key, index);
        Add(new StudyEvents.ParamDefined(index, name, distribution));
        return index;
    }

    /// <summary>Records drawn parameters the objective took: those the trial does not have yet.</summary>
    /// <returns>Null when that is right, else the refusal.</returns>
    public Decision? Use(LiveTrial trial, ImmutableArray<TrialParam> used)
    {
        if (used.IsDefaultOrEmpty)
            return null;
        var fresh = ImmutableArray.CreateBuilder<ParamValue>(used.Length);
        for (var i = 0; i < used.Length; i++)
        {
            var u = used[i];
            if (NameFault(u.Name) is { } fault)
                return fault;
            var column = state.Params.Column(u.Name);
            if (trial.Suggested(column, state.Params) is not null)
                continue;
            for (var j = 0; j < i; j++)
            {
                if (used[j].Name == u.Name)
                    return Decision.Refuse(Rejection.InvalidValue, $"Parameter '{u.Name}' was used twice.");
            }

            if (Conflict(u.Name, u.Distribution, column) is { } conflict)
                return conflict;
            if (!u.Distribution.Contains(u.Value))
            {
                return Decision.Refuse(Rejection.InvalidValue,
                    $"Parameter '{u.Name}': the value {u.Value} is not contained in {u.Distribution}.");
            }

            fresh.Add(Place(u, column));
        }

        if (fresh.Count > 0)
            Add(new StudyEvents.ParamsSet(trial.Number, fresh.DrainToImmutable()));
        return null;
    }

    /// <summary>Why the study cannot have this name with this distribution, or null.</summary>
    public readonly Decision? Fault(string name, Distribution distribution) =>
        NameFault(name) ?? Conflict(name, distribution, state.Params.Column(name));

    /// <summary>Why nothing can have this name, or null.</summary>
    public static Decision? NameFault(string name) => string.IsNullOrEmpty(name) || name.Length > StudyRules.MaxNameLength
        ? Decision.Refuse(Rejection.InvalidValue,
            $"A parameter name must have 1 to {StudyRules.MaxNameLength} characters (this has {name?.Length ?? 0}).")
        : null;

    /// <param name="column">The name's, if the study has one.</param>
    public static Decision? Conflict(string name, Distribution distribution, ParamColumn? column) =>
        column?.First is { } first && DistributionCompatibility.Conflict(name, first, distribution) is { } sentence
            ? Decision.Refuse(Rejection.IncompatibleDistribution, sentence)
            : null;
}
