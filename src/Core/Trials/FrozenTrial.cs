using System.Collections.Immutable;
using Optuna.Distributions;

namespace Optuna.Trials;

/// <summary>What is known of one trial at one moment; never changes.</summary>
/// <remarks>Parameters keep the order in which they were suggested. Attribute values are JSON texts, kept as they came.</remarks>
public sealed partial class FrozenTrial
{
    private static readonly ImmutableSortedDictionary<long, double> NoReports = ImmutableSortedDictionary<long, double>.Empty;

    private OrderedDictionary<string, object?>? _params;
    private OrderedDictionary<string, Distribution>? _distributions;

    /// <summary>Dense from 0 within the study; −1 in a template that has none yet.</summary>
    public int Number { get; init; } = -1;

    public TrialState State { get; init; }

    /// <summary>One per objective; empty when there are none.</summary>
    public ImmutableArray<double> Values { get; init; } = [];

    /// <summary>UTC (a local time is converted, one without a zone taken as UTC); null while waiting.</summary>
    public DateTime? DatetimeStart { get; init => field = Utc(value); }

    /// <summary>UTC; null until finished.</summary>
    public DateTime? DatetimeComplete { get; init => field = Utc(value); }

    public ImmutableArray<TrialParam> ParamList { get; init; } = [];

    public ImmutableArray<KeyValuePair<string, string>> UserAttrs { get; init; } = [];

    public ImmutableArray<KeyValuePair<string, string>> SystemAttrs { get; init; } = [];

    /// <summary>Reported values by step, ascending.</summary>
    public ImmutableSortedDictionary<long, double> IntermediateValues { get; init; } = NoReports;

    /// <summary>Why it failed or was put back, when known.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// Name of the worker that holds the trial while it runs, or held it when it ended; null when nobody did: it waits, was asked for without a worker, or was
    /// added by hand. A finished trial that is added to a study keeps it; nobody holds an added one that waits or runs.
    /// </summary>
    public string? Worker { get; init => field = string.IsNullOrEmpty(value) ? null : value; }

    /// <summary>The only objective's value; null when there is none.</summary>
    /// <exception cref="InvalidOperationException">The trial has several values.</exception>
    public double? Value => Values.Length switch
    {
        0 => null,
        1 => Values[0],
        _ => throw new InvalidOperationException("The trial has several objective values: read 'Values'."),
    };

    /// <summary>External values by name.</summary>
    public IReadOnlyDictionary<string, object?> Params => _params ??= new(ParamList.Select(p => KeyValuePair.Create(p.Name, p.External)));

    public IReadOnlyDictionary<string, Distribution> Distributions => _distributions ??= new(ParamList.Select(p => KeyValuePair.Create(p.Name, p.Distribution)));

    /// <summary>The parameter of a name; null when the trial has none.</summary>
    internal TrialParam? FindParam(string name)
    {
        foreach (var p in ParamList)
        {
            if (p.Name == name)
                return p;
        }

        return null;
    }

    /// <summary>Largest reported step.</summary>
    public long? LastStep => IntermediateValues.IsEmpty ? null : IntermediateValues.Keys.Max();

    public TimeSpan? Duration => DatetimeComplete - DatetimeStart;

    /// <summary>Constraint values by key; feasible when every one is at most 0.</summary>
    public IReadOnlyDictionary<string, double> Constraints => TrialConstraints.Read(SystemAttrs);

    /// <summary>Optuna's checks of a trial made by hand.</summary>
    /// <exception cref="ArgumentException">The first rule that is broken, as a sentence.</exception>
    public void Validate()
    {
        if (State != TrialState.Waiting && DatetimeStart is null)
            throw new ArgumentException("'datetime_start' must be set unless the trial is waiting.");
        if (State.IsFinished() != DatetimeComplete is not null)
            throw new ArgumentException("'datetime_complete' must be set if and only if the trial is finished.");
        if (!Enum.IsDefined(State))
            throw new ArgumentException($"'state' must be a trial state (it is {State}).");
        if (!Values.IsEmpty && !(State is TrialState.Complete or TrialState.Pruned))
            throw new ArgumentException($"'values' must be empty when the trial's state is {State}.");
        if (State == TrialState.Complete && Values.IsEmpty)
            throw new ArgumentException("'values' must be set when the trial is complete.");
        if (State == TrialState.Complete && Values.Any(double.IsNaN))
            throw new ArgumentException("'values' must not contain NaN when the trial is complete.");
        var seen = new HashSet<string>();
        foreach (var p in ParamList)
        {
            if (!seen.Add(p.Name))
                throw new ArgumentException($"Parameter '{p.Name}' stands twice.");
            if (!p.Distribution.Contains(p.Value))
                throw new ArgumentException($"Parameter '{p.Name}': the value {p.External ?? "null"} is not contained in {p.Distribution}.");
        }
    }

    private static DateTime? Utc(DateTime? time) => time is { Kind: DateTimeKind.Local } local
        ? local.ToUniversalTime()
        : time is { } t ? DateTime.SpecifyKind(t, DateTimeKind.Utc) : null;
}
