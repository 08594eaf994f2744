using System.Collections.Immutable;
using Optuna.Distributions;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Cli.Transfer;

/// <summary>Whether a study read elsewhere can be one of ours; holds what one trial demands of the next.</summary>
internal sealed class StudyCheck
{
    private readonly ForeignStudy _study;
    private readonly Dictionary<string, Distribution> _distributions = [];
    private int _next;

    /// <exception cref="TransferRefusedException">The study itself cannot be taken.</exception>
    public StudyCheck(ForeignStudy study)
    {
        _study = study;
        var fault = StudyRules.NameFault(study.Name) ?? AttrsFault(study.UserAttrs) ?? AttrsFault(study.SystemAttrs);
        if (fault is not null)
            throw new TransferRefusedException($"Study '{study.Name}': {fault}");
        if (study.Directions.IsEmpty)
            throw new TransferRefusedException($"Study '{study.Name}' has no direction.");
    }

    /// <exception cref="TransferRefusedException">The trial cannot be taken; the message names it.</exception>
    public void Next(FrozenTrial trial)
    {
        if (trial.Number != _next)
        {
            throw new TransferRefusedException(
                $"The trials of study '{_study.Name}' are not numbered in order from 0 on: trial {trial.Number} stands where {_next} is expected.");
        }

        _next++;
        if (Fault(trial) is { } fault)
            throw new TransferRefusedException($"Study '{_study.Name}', trial {trial.Number}: {fault}");
    }

    /// <exception cref="TransferRefusedException">There are fewer trials than the store says.</exception>
    public void End()
    {
        if (_next != _study.TrialCount)
            throw new TransferRefusedException($"Study '{_study.Name}' should have {_study.TrialCount} trials, but {_next} can be read.");
    }

    private string? Fault(FrozenTrial trial)
    {
        if (trial.State.IsFinished() != trial.DatetimeComplete is not null)
            return $"its state is {trial.State.ToString().ToLowerInvariant()}, which does not fit {(trial.DatetimeComplete is null ? "an end that is not dated" : "a date of its end")}.";
        if (!trial.Values.IsEmpty && trial.Values.Length != _study.Directions.Length)
            return $"it has {trial.Values.Length} values, and the study {_study.Directions.Length} objectives.";
        if (trial.IntermediateValues.Keys.FirstOrDefault() is < 0 and var step)
            return $"the step {step} of an intermediate value is negative.";
        return AttrsFault(trial.UserAttrs) ?? AttrsFault(trial.SystemAttrs) ?? ParamsFault(trial.ParamList);
    }

    private string? ParamsFault(ImmutableArray<TrialParam> parameters)
    {
        foreach (var p in parameters)
        {
            if (p.Name.Length is 0 or > StudyRules.MaxNameLength)
                return $"the name of a parameter must have 1 to {StudyRules.MaxNameLength} characters (it has {p.Name.Length}).";
            if (!double.IsFinite(p.Value))
                return $"parameter '{p.Name}' has no finite value.";
            if (p.Distribution is CategoricalDistribution && !p.Distribution.Contains(p.Value))
                return $"parameter '{p.Name}' has the value {p.Value}, which is not the index of one of the choices of {p.Distribution}.";
            if (!_distributions.TryAdd(p.Name, p.Distribution) && DistributionCompatibility.Conflict(p.Name, _distributions[p.Name], p.Distribution) is { } conflict)
                return conflict;
        }

        return null;
    }

    private static string? AttrsFault(ImmutableArray<KeyValuePair<string, string>> attrs)
    {
        foreach (var (key, json) in attrs)
        {
            if (StudyRules.AttrFault(key, json) is { } fault)
                return fault;
        }

        return null;
    }
}
