using System.Collections.Immutable;
using System.Globalization;
using Optuna.Json;
using Optuna.Trials;

namespace Optuna.Cli.Transfer.JournalFile;

/// <summary>One trial, told by its lines in order.</summary>
internal sealed class JournalTrialBuilder(int number, StoredTimes times, KnownTexts distributions)
{
    private readonly OrderedDictionary<string, TrialParam> _params = [];
    private readonly OrderedDictionary<string, string> _userAttrs = [];
    private readonly OrderedDictionary<string, string> _systemAttrs = [];
    private readonly ImmutableSortedDictionary<long, double>.Builder _reports = ImmutableSortedDictionary.CreateBuilder<long, double>();
    private TrialState _state;
    private ImmutableArray<double> _values = [];
    private DateTime? _start;
    private DateTime? _complete;

    /// <exception cref="TransferRefusedException">The entry lacks something, or holds what is not understood.</exception>
    public void Apply(JournalEntry entry)
    {
        switch (entry.Op)
        {
            case JournalOp.CreateTrial:
                Create(entry);
                break;
            case JournalOp.SetTrialParam:
                SetParam(entry, entry.Text("param_name"), entry.Text("distribution"), entry.Real("param_value_internal"));
                break;
            case JournalOp.SetTrialStateValues:
                SetState(entry);
                break;
            case JournalOp.SetTrialIntermediateValue:
                _reports[entry.Step("step")] = entry.Real("intermediate_value");
                break;
            case JournalOp.SetTrialUserAttr:
                SetAttrs(_userAttrs, entry.Map("user_attr"));
                break;
            default:
                SetAttrs(_systemAttrs, entry.Map("system_attr"));
                break;
        }
    }

    public FrozenTrial Freeze() => new()
    {
        Number = number,
        State = _state,
        Values = _values,
        DatetimeStart = _start,
        DatetimeComplete = _complete,
        ParamList = [.. _params.Values],
        UserAttrs = [.. _userAttrs],
        SystemAttrs = [.. _systemAttrs],
        IntermediateValues = _reports.ToImmutable(),
    };

    private void Create(JournalEntry entry)
    {
        _state = entry.Has("state") ? entry.State() : TrialState.Running;
        _start = entry.Has("datetime_start") ? entry.Time("datetime_start", times) : null;
        _complete = entry.Has("datetime_complete") ? entry.Time("datetime_complete", times) : null;
        if (entry.Has("value") && entry.Has("values"))
            throw entry.Refused("there are both 'value' and 'values'.");
        _values = entry.Has("values") ? [.. entry.Reals("values")] : entry.Has("value") ? [entry.Real("value")] : [];
        CreateParams(entry);
        if (entry.Has("user_attrs"))
            SetAttrs(_userAttrs, entry.Map("user_attrs"));
        if (entry.Has("system_attrs"))
            SetAttrs(_systemAttrs, entry.Map("system_attrs"));
        if (!entry.Has("intermediate_values"))
            return;
        foreach (var (text, value) in entry.Map("intermediate_values"))
        {
            if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var step) || JsonConversion.Real(value) is not { } number)
                throw entry.Refused($"the intermediate value '{text}' is not a number at a step.");
            _reports[step] = number;
        }
    }

    private void CreateParams(JournalEntry entry)
    {
        var texts = entry.Has("distributions") ? entry.Map("distributions") : [];
        var values = entry.Has("params") ? entry.Map("params") : [];
        foreach (var (name, value) in values)
        {
            if (!texts.TryGetValue(name, out var text))
                throw entry.Refused($"parameter '{name}' has no distribution.");
            SetParam(entry, name, text, JsonConversion.Real(value) ?? throw entry.Refused($"parameter '{name}' has no value."));
        }

        if (texts.Keys.FirstOrDefault(n => !values.ContainsKey(n)) is { } valueless)
            throw entry.Refused($"parameter '{valueless}' has a distribution, but no value.");
    }

    private void SetParam(JournalEntry entry, string name, object? text, double value) =>
        _params[name] = new TrialParam(name, distributions.Read(entry, name, text), value);

    private void SetState(JournalEntry entry)
    {
        _state = entry.State();
        if (_state == TrialState.Running)
            _start = entry.Time("datetime_start", times);
        else if (_state.IsFinished())
            _complete = entry.Time("datetime_complete", times);
        if (entry.Has("values"))
            _values = [.. entry.Reals("values")];
    }

    private static void SetAttrs(OrderedDictionary<string, string> attrs, Dictionary<string, object?> set)
    {
        foreach (var (key, value) in set)
            attrs[key] = PythonJson.Write(value);
    }
}
