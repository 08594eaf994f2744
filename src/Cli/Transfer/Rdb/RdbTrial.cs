using System.Collections.Immutable;
using Optuna.Distributions;
using Optuna.Trials;

namespace Optuna.Cli.Transfer.Rdb;

/// <summary>One trial, gathered from the rows of six tables.</summary>
internal sealed class RdbTrial(ForeignStudy study, int number)
{
    private readonly List<double> _values = [];
    private readonly List<TrialParam> _params = [];
    private readonly ImmutableSortedDictionary<long, double>.Builder _reports = ImmutableSortedDictionary.CreateBuilder<long, double>();
    private TrialState _state;
    private DateTime? _start;
    private DateTime? _complete;

    public List<KeyValuePair<string, string>> UserAttrs { get; } = [];

    public List<KeyValuePair<string, string>> SystemAttrs { get; } = [];

    public void Begin(string state, string? start, string? complete, StoredTimes times)
    {
        _state = RdbNames.State(state) ?? throw Refused($"the state '{state}' is none of Optuna's.");
        (_start, _complete) = (Time(start, times), Time(complete, times));
    }

    public void AddValue(long objective, string type, double? value)
    {
        if (objective != _values.Count)
            throw Refused($"its values are not numbered from 0 on ({objective} stands where {_values.Count} is expected).");
        if (type == "NAN" || RdbNames.Number(type, value) is not { } number)
            throw Refused($"the value of objective {objective} has the type '{type}'{(value is null ? " and no number" : "")}, which is not understood.");
        _values.Add(number);
    }

    /// <param name="known">Distributions by their text, which is added to.</param>
    public void AddParam(string name, double? value, string? distribution, Dictionary<string, Distribution> known)
    {
        if (distribution is null)
            throw Refused($"parameter '{name}' has no distribution.");
        if (value is not { } number)
            throw Refused($"parameter '{name}' has no value.");
        if (!known.TryGetValue(distribution, out var read))
        {
            try
            {
                known.Add(distribution, read = DistributionJson.ReadExact(distribution));
            }
            catch (ArgumentException e)
            {
                throw Refused($"the distribution of parameter '{name}' is not understood: {e.Message}");
            }
        }

        _params.Add(new TrialParam(name, read, number));
    }

    public void AddReport(long step, string type, double? value) => _reports[step] = RdbNames.Number(type, value)
        ?? throw Refused($"the intermediate value of step {step} has the type '{type}'{(value is null ? " and no number" : "")}, which is not understood.");

    public FrozenTrial Freeze() => new()
    {
        Number = number,
        State = _state,
        Values = [.. _values],
        DatetimeStart = _start,
        DatetimeComplete = _complete,
        ParamList = [.. _params],
        UserAttrs = [.. UserAttrs],
        SystemAttrs = [.. SystemAttrs],
        IntermediateValues = _reports.ToImmutable(),
    };

    private DateTime? Time(string? text, StoredTimes times) =>
        text is null ? null : times.Read(text) ?? throw Refused($"'{text}' is no time that is understood.");

    private TransferRefusedException Refused(string fault) => new($"Study '{study.Name}', trial {number}: {fault}");
}
