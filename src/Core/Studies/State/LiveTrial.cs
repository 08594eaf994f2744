using System.Collections.Immutable;
using System.Collections.ObjectModel;
using Optuna.Studies.Rules;
using Optuna.Trials;

namespace Optuna.Studies.State;

/// <summary>A trial that waits or runs. Everything here may still change; at its end it becomes a row of the columns.</summary>
/// <param name="room">About how many parameters it will have.</param>
internal sealed class LiveTrial(int number, int room = 0)
{
    private RunningView? _view;

    public int Number { get; } = number;

    public TrialState State { get; set; }

    /// <summary>Who holds it, and while it waits again, who did.</summary>
    public WorkerId Worker { get; set; }

    /// <summary>Name of who holds it now; null while it waits, and when it was asked for without a worker.</summary>
    public string? Holder => State == TrialState.Running ? StorageRules.NameOf(Worker, Number) : null;

    public Guid RequestId { get; set; }

    /// <summary>Fencing token of the holder; 0 while waiting.</summary>
    public long Lease { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>How often its worker was lost.</summary>
    public int Losses { get; set; }

    /// <summary>Suggested so far, in order.</summary>
    public List<ParamValue> Params { get; } = new(Math.Min(room, 32));

    /// <summary>Drawn but not (yet) asked for by the objective.</summary>
    public ImmutableArray<ParamValue> Drawn { get; private set; } = [];

    public Attributes UserAttrs { get; } = new();

    public Attributes SystemAttrs { get; } = new();

    /// <summary>By step, ascending.</summary>
    public ImmutableSortedDictionary<long, double> Reports { get; private set; } = ImmutableSortedDictionary<long, double>.Empty;

    /// <summary>Largest reported step; −1 before the first report.</summary>
    public long LastStep { get; private set; } = -1;

    /// <summary>Largest reported step but one; −1 before the second report.</summary>
    public long StepBeforeLast { get; private set; } = -1;

    /// <summary>Smallest report; NaN without a number.</summary>
    public double LeastReport { get; private set; } = double.NaN;

    /// <summary>Largest report; NaN without a number.</summary>
    public double GreatestReport { get; private set; } = double.NaN;

    /// <summary>The step at whose report the pruner last said to stop; −1 when it never did.</summary>
    public long PruneAdvisedAt { get; set; } = -1;

    public string? Reason { get; set; }

    /// <summary>Objective values it has already (a storage client's); empty for none.</summary>
    public ImmutableArray<double> Values { get; set; } = [];

    /// <summary>The study's version at the last event about it.</summary>
    public long ChangedAt { get; set; }

    /// <summary>Values somebody fixed when queueing it: external values by name.</summary>
    public IReadOnlyDictionary<string, object?> Fixed { get; set; } = ReadOnlyDictionary<string, object?>.Empty;

    /// <summary>What it was suggested for the name of this column, or null.</summary>
    public ParamValue? Suggested(ParamColumn? column, ParamTable table)
    {
        foreach (var p in Params)
        {
            if (table.ColumnOf(p.Param) == column)
                return p;
        }

        return null;
    }

    public TrialDetail Detail => UserAttrs.IsEmpty && SystemAttrs.IsEmpty && Reports.IsEmpty && Reason is null
        ? TrialDetail.None
        : new TrialDetail { UserAttrs = UserAttrs.Freeze(), SystemAttrs = SystemAttrs.Freeze(), Reports = Reports, Reason = Reason };

    /// <summary>What samplers may know of it: drawn values with the suggested ones over them.</summary>
    public RunningView View(ParamTable table) => _view ??= new RunningView(
        Number, Named(Merge(table), table), Drawn.IsEmpty ? default : Named([.. Params], table), SystemAttrs.Freeze());

    public void SetAttr(AttrKind kind, string key, string json)
    {
        (kind == AttrKind.User ? UserAttrs : SystemAttrs).Set(key, json);
        _view = null;
    }

    public void SetDrawn(ImmutableArray<ParamValue> drawn)
    {
        Drawn = drawn;
        _view = null;
    }

    public void AddParams(ImmutableArray<ParamValue> values)
    {
        Params.AddRange(values.AsSpan());
        _view = null;
    }

    public void ReplaceParam(ParamValue value, ParamTable table)
    {
        var at = Params.FindIndex(p => table.ColumnOf(p.Param) == table.ColumnOf(value.Param));
        if (at < 0)
            Params.Add(value);
        else
            Params[at] = value;
        _view = null;
    }

    // What pruners ask at every report is kept up to date here, so that a report costs the same at the thousandth step.
    public void Report(long step, double value)
    {
        if (Reports.ContainsKey(step))
        {
            SetReports(Reports.SetItem(step, value));
            return;
        }

        Reports = Reports.Add(step, value);
        Note(step, value);
    }

    public void SetReports(ImmutableSortedDictionary<long, double> reports)
    {
        (Reports, LastStep, StepBeforeLast, LeastReport, GreatestReport) = (reports, -1, -1, double.NaN, double.NaN);
        foreach (var (step, value) in reports)
            Note(step, value);
    }

    private void Note(long step, double value)
    {
        if (step > LastStep)
            (StepBeforeLast, LastStep) = (LastStep, step);
        else if (step > StepBeforeLast)
            StepBeforeLast = step;
        LeastReport = double.IsNaN(LeastReport) || value < LeastReport ? value : LeastReport;
        GreatestReport = double.IsNaN(GreatestReport) || value > GreatestReport ? value : GreatestReport;
    }

    /// <summary>Back to the queue: what it had is what it will get again.</summary>
    public void Requeue(ParamTable table)
    {
        Drawn = Merge(table);
        Params.Clear();
        StartedAt = null;
        _view = null;
    }

    public void ForgetReports()
    {
        SetReports(ImmutableSortedDictionary<long, double>.Empty);
        PruneAdvisedAt = -1;
    }

    private static ImmutableArray<TrialParam> Named(ImmutableArray<ParamValue> values, ParamTable table) =>
        [.. values.Select(p => new TrialParam(table[p.Param].Name, table[p.Param].Distribution, p.Value))];

    // Suggested ones first, in their order: a sampler may go by it.
    private ImmutableArray<ParamValue> Merge(ParamTable table) =>
        Drawn.IsEmpty ? [.. Params]
        : Params.Count == 0 ? Drawn
        : [.. Params, .. Drawn.Where(d => !Params.Exists(p => table[p.Param].Name == table[d.Param].Name))];
}

/// <summary>A running trial as samplers see it.</summary>
/// <param name="Params">Each name once: suggested to it, in that order, then drawn for it.</param>
/// <param name="Suggested">Only those the objective asked for, in that order; default when that is all of <paramref name="Params"/>.</param>
/// <param name="SystemAttrs">JSON texts by key.</param>
public sealed record RunningView(
    int Number, ImmutableArray<TrialParam> Params, ImmutableArray<TrialParam> Suggested, ImmutableArray<KeyValuePair<string, string>> SystemAttrs)
{
    /// <inheritdoc cref="RunningView(int, ImmutableArray{TrialParam}, ImmutableArray{TrialParam}, ImmutableArray{KeyValuePair{string, string}})"/>
    public ImmutableArray<TrialParam> Suggested { get; } = Suggested.IsDefault ? Params : Suggested;

    /// <summary>Internal value of a name, or NaN.</summary>
    public double this[string name]
    {
        get
        {
            foreach (var p in Params)
            {
                if (p.Name == name)
                    return p.Value;
            }

            return double.NaN;
        }
    }
}
