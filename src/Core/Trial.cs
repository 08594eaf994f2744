using System.Collections.Immutable;
using Optuna.Distributions;
using Optuna.Json;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna;

/// <summary>A running trial: what an objective suggests its parameters from and reports to.</summary>
/// <remarks>
/// The same type wherever the study lives. A parameter that was drawn jointly is at hand; another one costs a question
/// to the study. Not for use from several threads at once.
/// </remarks>
public sealed class Trial
{
    private readonly IStudyBackend _backend;
    private readonly StudySummary _study;
    private readonly CancellationToken _cancellation;
    private readonly ImmutableArray<TrialParam> _drawn;
    private readonly ImmutableArray<string> _fixed;
    private readonly KnownDistributions? _known;
    private readonly List<TrialParam> _params;
    private readonly List<TrialParam> _used = [];
    private Dictionary<string, string>? _attrs;
    private SortedDictionary<string, double>? _constraints;
    private HashSet<long>? _steps;
    private ValueTask<IStudyReply>? _report;
    private int _told;
    private int _reported;
    private bool _shouldPrune;

    /// <summary>An evaluation without a study: the objective gets the values given here, nothing is kept, and nothing is ever pruned.</summary>
    /// <param name="parameters">External values by name; asking for another name is an <see cref="ArgumentException"/>, a value out of range a warning.</param>
    /// <param name="number">What <see cref="Number"/> says.</param>
    /// <param name="clock">Null: the system's.</param>
    public static Trial Fixed(IReadOnlyDictionary<string, object?> parameters, int number = 0, TimeProvider? clock = null) =>
        new(new FixedTrialBackend(parameters), FixedTrialBackend.Summary,
            new StudyReplies.TrialAsked(number, 0, (clock ?? TimeProvider.System).GetUtcNow(), [], [], [], []), CancellationToken.None);

    /// <param name="known">Shared by the trials of one study; null where there is no study.</param>
    internal Trial(
        IStudyBackend backend, StudySummary study, StudyReplies.TrialAsked asked, CancellationToken cancellation, KnownDistributions? known = null)
    {
        (_backend, _study, _cancellation, _known) = (backend, study, cancellation, known);
        _params = new List<TrialParam>(Math.Min(known?.Count ?? 0, 32));
        (Number, Lease, DatetimeStart) = (asked.Number, asked.Lease, asked.StartedAt.UtcDateTime);
        (_drawn, _fixed) = (asked.Drawn, asked.Fixed);
        foreach (var (key, json) in asked.UserAttrs)
            Attrs[key] = json;
    }

    /// <summary>Dense from 0 within the study.</summary>
    public int Number { get; }

    /// <summary>UTC.</summary>
    public DateTime DatetimeStart { get; }

    public string StudyName => _study.Name;

    /// <summary>External values suggested so far, in order.</summary>
    public IReadOnlyDictionary<string, object?> Params => new OrderedDictionary<string, object?>(
        _params.Select(p => KeyValuePair.Create(p.Name, p.External)));

    public IReadOnlyDictionary<string, Distribution> Distributions => new OrderedDictionary<string, Distribution>(
        _params.Select(p => KeyValuePair.Create(p.Name, p.Distribution)));

    /// <summary>JSON texts by key.</summary>
    public IReadOnlyDictionary<string, string> UserAttrs => Attrs;

    /// <summary>Set through this object.</summary>
    public IReadOnlyDictionary<string, double> Constraints => ConstraintsByKey;

    /// <summary>Fencing token: shown with everything said of this trial.</summary>
    internal long Lease { get; }

    /// <summary>A real number between <paramref name="low"/> and <paramref name="high"/>.</summary>
    /// <param name="step">Grid width; not with <paramref name="log"/>.</param>
    /// <exception cref="ArgumentException">The range is wrong, or the name had another kind of distribution in this study.</exception>
    public double SuggestFloat(string name, double low, double high, double? step = null, bool log = false) =>
        Suggest(name, low, high, step, log);

    /// <summary>A whole number between <paramref name="low"/> and <paramref name="high"/>, both possible.</summary>
    /// <exception cref="ArgumentException">The range is wrong, or the name had another kind of distribution in this study.</exception>
    public int SuggestInt(string name, int low, int high, int step = 1, bool log = false) =>
        (int)Suggest(name, low, high, (long)step, log);

    /// <inheritdoc cref="SuggestInt(string, int, int, int, bool)"/>
    public long SuggestInt(string name, long low, long high, long step = 1, bool log = false) =>
        (long)Suggest(name, low, high, step, log);

    /// <summary>One of the choices: null, bool, numbers, text or enums.</summary>
    /// <exception cref="ArgumentException">No choice, one of another type, or other choices than before in this study.</exception>
    public T SuggestCategorical<T>(string name, params IReadOnlyList<T> choices)
    {
        var distribution = Known(name) is CategoricalDistribution known && Same(known, choices)
            ? known
            : Remember(name, new CategoricalDistribution(choices.Select(c => (object?)c)));
        return choices[(int)SuggestInternal(name, distribution)];
    }

    /// <summary>External value for any distribution: double, long, or the choice.</summary>
    public object? Suggest(string name, Distribution distribution) => distribution.ToExternal(SuggestInternal(name, distribution));

    /// <summary>Says how good the trial is so far, for the pruner and for those who look.</summary>
    /// <param name="step">At least 0; the first value of a step counts.</param>
    /// <exception cref="NotSupportedException">The study has several objectives.</exception>
    public void Report(double value, long step)
    {
        if (_study.Directions.Length != 1)
            throw new NotSupportedException("Trial.Report of one value is not supported with several objectives: report a value for each.");
        Report(step, value, default);
    }

    /// <summary>Says how good a trial with several objectives is so far, for the non-domination pruner and for those who look. Optuna has no such reports.</summary>
    /// <param name="values">One per objective.</param>
    /// <param name="step">At least 0; the first values of a step count.</param>
    /// <exception cref="ArgumentException">Another number of values than objectives.</exception>
    public void Report(IReadOnlyList<double> values, long step)
    {
        if (values.Count != _study.Directions.Length)
            throw new ArgumentException($"'values' must hold {_study.Directions.Length} numbers, one per objective (it holds {values.Count}).");
        Report(step, values[0], values.Count == 1 ? default : [.. values.Skip(1)]);
    }

    private void Report(long step, double value, ImmutableArray<double> more)
    {
        if (step < 0)
            throw new ArgumentException($"'step' must not be negative (it is {step}).");
        if (!Steps.Add(step))
        {
            OptunaLog.Warning($"Trial {Number}: step {step} was reported already; the value {value} is ignored.");
            return;
        }

        Wait(SettleAsync());
        _reported = _used.Count;
        _report = _backend.SendAsync(new StudyCommands.ReportValue(Number, Lease, step, value, Used, more), _cancellation);
    }

    /// <summary>Whether the pruner would end the trial after the last report.</summary>
    /// <exception cref="NotSupportedException">The study has several objectives, and the trial has not reported a value for each.</exception>
    public bool ShouldPrune()
    {
        if (_study.Directions.Length != 1 && _steps is null)
            throw new NotSupportedException("Trial.ShouldPrune with several objectives needs a report of a value for each, and a pruner that compares them (non_domination).");
        Wait(SettleAsync());
        return _shouldPrune;
    }

    /// <summary>Keeps anything that has a JSON form with the trial.</summary>
    public void SetUserAttr(string key, object? value) => SetAttr(AttrKind.User, key, PythonJson.Write(value));

    /// <summary>Keeps something with the trial under a key of the product's own, not the user's.</summary>
    internal void SetSystemAttr(string key, object? value) => SetAttr(AttrKind.System, key, PythonJson.Write(value));

    /// <summary>A constraint: the trial is feasible when every one is at most 0.</summary>
    /// <exception cref="ArgumentException">The value is NaN.</exception>
    public void SetConstraint(string key, double value)
    {
        if (double.IsNaN(value))
            throw new ArgumentException($"Constraint '{key}' must not be NaN.");
        if (!ConstraintsByKey.TryAdd(key, value))
        {
            OptunaLog.Warning($"Trial {Number}: constraint '{key}' was set already; the value {value} is ignored.");
            return;
        }

        SetSystemAttr(TrialConstraints.KeyPrefix + key, value);
    }

    /// <summary>What the study knows of this trial now.</summary>
    internal async ValueTask<FrozenTrial> ReadAsync(CancellationToken cancellationToken) =>
        (await _backend.QueryAsync(new StudyQueries.GetTrial(Number), cancellationToken).ConfigureAwait(false)).Expect<StudyReplies.Trials>().Page[0];

    /// <summary>Drawn parameters the objective took, and that the study does not know of yet: they go with the next message.</summary>
    /// <remarks>A message that is refused or lost told the study nothing, so they stay until one is answered.</remarks>
    internal ImmutableArray<TrialParam> Used => _told == _used.Count ? [] : [.. _used.Skip(_told)];

    /// <summary>Takes the answer of the last report, if it is still out.</summary>
    internal ValueTask SettleAsync() => _report is { } report ? SettleAsync(report) : ValueTask.CompletedTask;

    private async ValueTask SettleAsync(ValueTask<IStudyReply> report)
    {
        _report = null;
        _shouldPrune = (await report.ConfigureAwait(false)).Expect<StudyReplies.Reported>().ShouldPrune;
        _told = Math.Max(_told, _reported);
    }

    // Few trials need these, so they are made when they are.
    private Dictionary<string, string> Attrs => _attrs ??= [];

    private SortedDictionary<string, double> ConstraintsByKey => _constraints ??= new(StringComparer.Ordinal);

    private HashSet<long> Steps => _steps ??= [];

    private void SetAttr(AttrKind kind, string key, string json)
    {
        Wait(_backend.SendAsync(new StudyCommands.SetTrialAttr(Number, Lease, kind, key, json), _cancellation)).Expect<StudyReplies.Accepted>();
        if (kind == AttrKind.User)
            Attrs[key] = json;
    }

    private double Suggest(string name, double low, double high, double? step, bool log) => SuggestInternal(name,
        Known(name) is FloatDistribution d && d.Low == low && d.High == high && d.Step == step && d.Log == log
            ? d
            : Remember(name, new FloatDistribution(low, high, log, step)));

    private double Suggest(string name, long low, long high, long step, bool log) => SuggestInternal(name,
        Known(name) is IntDistribution d && d.Low == low && d.High == high && d.Step == step && d.Log == log
            ? d
            : Remember(name, new IntDistribution(low, high, log, step)));

    private Distribution Remember(string name, Distribution made)
    {
        _known?.Add(name, made);
        return made;
    }

    // What was drawn ahead carries the very distribution the objective is about to describe.
    private Distribution? Known(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        foreach (var p in _drawn)
        {
            if (p.Name == name)
                return p.Distribution;
        }

        return _known?.Find(name);
    }

    private static bool Same<T>(CategoricalDistribution known, IReadOnlyList<T> choices)
    {
        if (known.Choices.Length != choices.Count)
            return false;
        for (var i = 0; i < choices.Count; i++)
        {
            if (!CategoricalChoice.Same(known.Choices[i], choices[i]))
                return false;
        }

        return true;
    }

    private double SuggestInternal(string name, Distribution distribution)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        foreach (var p in _params)
        {
            if (p.Name == name)
                return Again(p, distribution);
        }

        if (!_fixed.Contains(name))
        {
            foreach (var p in _drawn)
            {
                if (p.Name == name && p.Distribution.Equals(distribution))
                    return Take(p);
            }
        }

        var asked = new StudyCommands.SuggestParam(Number, Lease, name, distribution, Used);
        var answer = Wait(_backend.SendAsync(asked, _cancellation)).Expect<StudyReplies.ParamSuggested>();
        _told = _used.Count;
        if (answer.Warning is { } warning)
            OptunaLog.Warning(warning);
        _params.Add(new TrialParam(name, distribution, answer.Value));
        return answer.Value;
    }

    private double Take(TrialParam p)
    {
        _params.Add(p);
        _used.Add(p);
        return p.Value;
    }

    private static double Again(TrialParam had, Distribution distribution)
    {
        DistributionCompatibility.Check(had.Name, had.Distribution, distribution);
        if (!had.Distribution.Equals(distribution))
            OptunaLog.Warning($"Inconsistent parameter values for '{had.Name}': the trial had it with {had.Distribution} and keeps that value.");
        return had.Value;
    }

    private static IStudyReply Wait(ValueTask<IStudyReply> answer) =>
        answer.IsCompletedSuccessfully ? answer.Result : answer.AsTask().GetAwaiter().GetResult();

    private static void Wait(ValueTask done)
    {
        if (!done.IsCompletedSuccessfully)
            done.AsTask().GetAwaiter().GetResult();
    }
}
