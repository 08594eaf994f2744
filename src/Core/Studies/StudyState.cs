using System.Collections.Immutable;
using Optuna.Pruners;
using Optuna.Studies.State;
using Optuna.Trials;

namespace Optuna.Studies;

/// <summary>The fold of a study's events: everything that is known of it.</summary>
/// <remarks>
/// One writer calls <see cref="Apply"/>; it reads no clock and draws nothing, so the same events give the same state.
/// Samplers on other threads read a <see cref="View"/>, which later events do not change.
/// </remarks>
public sealed class StudyState
{
    private readonly RecentRequests _requests = new();
    private readonly Dictionary<(BracketDivision Division, int Bracket), StudyView> _bracketViews = [];
    private BracketHistories? _brackets;
    private StudyView? _view;

    public StudyState(StudyId id)
    {
        Id = id;
        Trials = new TrialTable(1);
        History = new TrialHistory(Params);
    }

    public StudyId Id { get; }

    /// <summary>How many events were applied; also what fencing tokens grow from.</summary>
    public long Version { get; internal set; }

    public bool Exists => !Directions.IsDefaultOrEmpty && !IsDeleted;

    public bool IsDeleted { get; private set; }

    public string Name { get; private set; } = "";

    public ImmutableArray<StudyDirection> Directions { get; private set; } = [];

    public ComponentSpec Sampler { get; private set; } = new("tpe");

    public ComponentSpec Pruner { get; private set; } = new("median");

    public ulong Seed { get; private set; }

    public RetryPolicy Retry { get; private set; } = 0;

    /// <summary>The terminator that stops the study; null for none.</summary>
    public ComponentSpec? StopWhen { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When something last happened to it that is dated: trials that start and end, orders of an operator. Reports and attributes are not.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }

    public StudyMode Mode { get; private set; }

    /// <summary>Trials in all, over every asker's own budget; null for none.</summary>
    public int? Budget { get; private set; }

    /// <summary>Workers that get no more trials, in the order they were told so.</summary>
    internal ImmutableArray<WorkerId> Drained { get; private set; } = [];

    /// <summary>Numbers given out so far; the next trial gets this one.</summary>
    public int TrialCount { get; private set; }

    public TrialCounts Counts => new(Live.WaitingCount, Live.RunningCount, History.Complete, History.Pruned, History.Failed);

    /// <summary>When the first trial started.</summary>
    public DateTimeOffset? FirstStart { get; private set; }

    /// <summary>Best complete trial whatever its constraints; the first of equal ones. One objective only.</summary>
    public int? Best { get; private set; }

    /// <summary>Best complete trial that violates no constraint; the first of equal ones. One objective only.</summary>
    public int? BestFeasible { get; private set; }

    /// <summary>Any trial of any state has constraint values.</summary>
    internal bool HasConstraints { get; private set; }

    internal Attributes UserAttrs { get; } = new();

    internal Attributes SystemAttrs { get; } = new();

    internal ParamTable Params { get; } = new();

    internal ParamShapes Shapes { get; } = new();

    internal TrialTable Trials { get; private set; }

    internal LiveTrials Live { get; } = new();

    internal TrialHistory History { get; }

    internal StepTable Steps { get; } = new();

    internal VectorTable VectorSteps { get; } = new();

    internal RungTable Rungs { get; } = new();

    internal RecentRequests Requests => _requests;

    /// <summary>The study as it is now, for readers on any thread; asked twice between two events, the same object.</summary>
    public StudyView View => _view ??= StudyView.Of(this, History);

    /// <summary>One bracket of the study as a study of its own: what samplers see of a trial's study when the pruner has divided it.</summary>
    internal StudyView BracketView(BracketDivision division, int bracket)
    {
        if (_brackets?.Division != division)
            _brackets = new BracketHistories(division, Params);
        if (!_bracketViews.TryGetValue((division, bracket), out var view))
            _bracketViews.Add((division, bracket), view = StudyView.Of(this, _brackets.Of(this, bracket), division.Members(bracket)));
        return view;
    }

    /// <summary>The state a journal tells of.</summary>
    /// <exception cref="InvalidOperationException">The events are not one study's, from its first on.</exception>
    public static StudyState Replay(StudyId id, IEnumerable<IStudyEvent> events)
    {
        var state = new StudyState(id);
        foreach (var e in events)
            state.Apply(e);
        return state;
    }

    /// <summary>Folds one event in.</summary>
    /// <exception cref="InvalidOperationException">The event cannot follow what was applied before: the journal is not this study's.</exception>
    public void Apply(IStudyEvent e)
    {
        Forget();
        Version++;
        switch (e)
        {
            case StudyEvents.TrialStarted started: Start(started); break;
            case StudyEvents.ParamsSet set: Running(set.Number).AddParams(set.Params); break;
            case StudyEvents.ParamsDrawn drawn: Running(drawn.Number).SetDrawn(drawn.Params); break;
            case StudyEvents.TrialFinished finished: Finish(finished); break;
            case StudyEvents.ValueReported report: Running(report.Number).Report(report.Step, report.Value); break;
            case StudyEvents.ParamDefined def: Params.Define(new ParamDef(def.Index, def.Name, def.Distribution)); break;
            case StudyEvents.TrialAttrSet attr: SetTrialAttr(attr); break;
            case StudyEvents.ParamReplaced replaced: Running(replaced.Number).ReplaceParam(replaced.Param, Params); break;
            case StudyEvents.TrialStateSet set: SetState(set); break;
            case StudyEvents.TrialAdded added: AddTrial(added); break;
            case StudyEvents.TrialRequeued requeued: Requeue(requeued); break;
            case StudyEvents.PruneAdvised advised: Running(advised.Number).PruneAdvisedAt = advised.Step; break;
            case StudyEvents.StudyAttrSet attr: (attr.Kind == AttrKind.User ? UserAttrs : SystemAttrs).Set(attr.Key, attr.Json); break;
            case StudyEvents.StudyCreated created: Create(created); break;
            case StudyEvents.ModeSet mode: (Mode, UpdatedAt) = (mode.Mode, Later(UpdatedAt, mode.At)); break;
            case StudyEvents.BudgetSet budget: (Budget, UpdatedAt) = (budget.Trials, Later(UpdatedAt, budget.At)); break;
            case StudyEvents.WorkerDrained drained: Drained = Drained.Add(drained.Worker); break;
            case StudyEvents.StudyRenamed renamed: Name = renamed.Name; break;
            case StudyEvents.StudyDeleted: IsDeleted = true; break;
            default: throw new InvalidOperationException($"StudyState does not know the event {e.GetType().Name}.");
        }
    }

    private void Create(StudyEvents.StudyCreated e)
    {
        Name = e.Name;
        Directions = e.Directions;
        Sampler = e.Sampler;
        Pruner = e.Pruner;
        Seed = e.Seed;
        Retry = e.Retry;
        StopWhen = e.StopWhen;
        (CreatedAt, UpdatedAt) = (e.At, e.At);
        Trials = new TrialTable(e.Directions.Length);
    }

    /// <summary>What an image says of the study itself; its trials are entered one by one.</summary>
    internal void Restore(StudyImage image)
    {
        Create(image.Created);
        (IsDeleted, Version) = (image.IsDeleted, image.Version);
        (TrialCount, HasConstraints, FirstStart) = (image.TrialCount, image.HasConstraints, image.FirstStart);
        (Mode, Budget, Drained) = (image.Fleet.Mode, image.Fleet.Budget, image.Fleet.Drained);
    }

    private void Start(StudyEvents.TrialStarted e)
    {
        (FirstStart, UpdatedAt) = (Earlier(FirstStart, e.At), Later(UpdatedAt, e.At));
        _requests.Add(e.RequestId, e.Number);
        if (Live.Find(e.Number) is { } waiting)
        {
            waiting.ChangedAt = Version;
            Live.Start(waiting, e);
            return;
        }

        Expect(e.Number == TrialCount, e.Number);
        TrialCount++;
        Live.Add(new LiveTrial(e.Number, Params.Count)
        {
            State = TrialState.Running, Worker = e.Worker, RequestId = e.RequestId, Lease = e.Lease, StartedAt = e.At,
            ChangedAt = Version,
        });
    }

    private void SetTrialAttr(StudyEvents.TrialAttrSet e)
    {
        var trial = Running(e.Number);
        if (e.Kind == AttrKind.System)
            Rungs.Note(e.Number, e.Key, e.Json, trial.SystemAttrs[e.Key]);
        trial.SetAttr(e.Kind, e.Key, e.Json);
        if (e is { Kind: AttrKind.System, Key: FixedParams.Key })
            trial.Fixed = FixedParams.Parse(e.Json) ?? [];
        HasConstraints |= e.Kind == AttrKind.System && TrialConstraints.IsConstraint(e.Key);
    }

    private void AddTrial(StudyEvents.TrialAdded e)
    {
        Expect(e.Number == TrialCount, e.Number);
        TrialCount++;
        _requests.Add(e.RequestId, e.Number);
        var (trial, source) = (new LiveTrial(e.Number) { ChangedAt = Version }, e.Trial);
        trial.State = source.State;
        trial.RequestId = e.RequestId;
        trial.StartedAt = source.DatetimeStart is { } at ? new DateTimeOffset(at, TimeSpan.Zero) : null;
        trial.AddParams([.. source.ParamList.Select(p => new ParamValue(Params.Find(p.Name, p.Distribution)!.Value, p.Value))]);
        trial.UserAttrs.SetAll(source.UserAttrs);
        trial.SystemAttrs.SetAll(source.SystemAttrs);
        trial.SetReports(source.IntermediateValues);
        trial.Reason = source.Reason;
        trial.Values = source.Values;
        trial.Fixed = FixedParams.Read(source.SystemAttrs);
        FirstStart = Earlier(FirstStart, trial.StartedAt);
        HasConstraints |= source.SystemAttrs.Any(a => TrialConstraints.IsConstraint(a.Key));
        NoteRungs(e.Number, source.SystemAttrs);
        if (!source.State.IsFinished())
        {
            Live.Add(trial);
            return;
        }

        Enter(Row(trial, source.Worker, source.State, source.Values, source.DatetimeComplete?.Ticks ?? 0));
    }

    private void SetState(StudyEvents.TrialStateSet e)
    {
        var trial = Running(e.Number);
        _requests.Add(e.RequestId, e.Number);
        trial.Values = e.Values.IsEmpty ? trial.Values : e.Values;
        if (e.State.IsFinished())
        {
            Live.Remove(trial);
            Enter(Row(trial, trial.Holder, e.State, trial.Values, e.At.UtcTicks));
        }
        else if (e.State == TrialState.Waiting)
        {
            Live.Wait(trial);
        }
        else
        {
            (FirstStart, UpdatedAt) = (Earlier(FirstStart, e.At), Later(UpdatedAt, e.At));
            Live.Start(trial, new StudyEvents.TrialStarted(e.Number, e.Worker, e.RequestId, Version, e.At));
        }
    }

    private void Requeue(StudyEvents.TrialRequeued e)
    {
        var trial = Running(e.Number);
        trial.Losses++;
        trial.Reason = e.Reason;
        if (!Retry.InheritIntermediateValues)
            StartOver(trial);
        Live.Requeue(trial, Params);
    }

    // It starts again from its first step, so it has no report and no rung behind it.
    private void StartOver(LiveTrial trial)
    {
        trial.ForgetReports();
        foreach (var (key, json) in trial.SystemAttrs.Freeze().Where(a => a.Key.StartsWith(RungTable.KeyPrefix, StringComparison.Ordinal)))
        {
            Rungs.Note(trial.Number, key, null, json);
            trial.SystemAttrs.Remove(key);
        }
    }

    private void Finish(StudyEvents.TrialFinished e)
    {
        var trial = Live.Find(e.Number);
        Expect(trial is not null, e.Number);
        trial!.Reason = e.Reason ?? trial.Reason;
        Live.Remove(trial);
        Enter(Row(trial, trial.Holder, e.State, e.Values, e.At.UtcTicks));
    }

    private static FinishedTrial Row(LiveTrial trial, string? worker, TrialState state, ImmutableArray<double> values, long at) => new(
        trial.Number, state, values, trial.StartedAt?.UtcTicks ?? 0, at, trial.Lease, [.. trial.Params], trial.Detail, worker);

    /// <summary>A finished trial takes its place in every column and index.</summary>
    internal void Enter(in FinishedTrial trial)
    {
        var values = trial.Params.AsSpan();
        var shape = Shapes.Intern(values);
        var violation = trial.Detail.SystemAttrs.IsEmpty ? double.NaN : TrialConstraints.Violation(trial.Detail.SystemAttrs);
        Params.Store(trial.Number, values);
        Trials.Add(trial, shape, violation);
        History.Add(this, trial.Number);
        UpdatedAt = Later(UpdatedAt, new DateTimeOffset(Math.Max(0, Math.Max(trial.StartedAt, trial.FinishedAt)), TimeSpan.Zero));
        if (Trials.State(trial.Number) != TrialState.Complete)
            return;
        if (Directions.Length != 1)
        {
            VectorSteps.Add(Directions, trial.Detail.SystemAttrs);
            return;
        }

        if (!trial.Detail.Reports.IsEmpty)
            Steps.Add(trial.Detail.Reports);
        Best = Better(trial, Best);
        if (!(violation > 0))
            BestFeasible = Better(trial, BestFeasible);
    }

    /// <summary>What a trial that came as a whole, or from an image, is worth at its rungs.</summary>
    internal void NoteRungs(int number, ImmutableArray<KeyValuePair<string, string>> systemAttrs)
    {
        foreach (var (key, json) in systemAttrs)
            Rungs.Note(number, key, json, before: null);
    }

    private void Forget()
    {
        _view = null;
        if (_bracketViews.Count > 0)
            _bracketViews.Clear();
    }

    private int Better(in FinishedTrial trial, int? best)
    {
        if (best is not { } b)
            return trial.Number;
        var (now, before) = (trial.Values[0], Trials.Value(0, b));
        if (now == before)
            return Math.Min(trial.Number, b);
        return Directions[0] == StudyDirection.Minimize == now < before ? trial.Number : b;
    }

    /// <summary>Whether a trial has reported at a step: a value, or with several objectives a value for each.</summary>
    internal bool HasReport(LiveTrial trial, long step) =>
        Directions.Length == 1 ? trial.Reports.ContainsKey(step) : trial.SystemAttrs[VectorReports.Key(step)] is not null;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => b > a ? b : a;

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b : a;

    private LiveTrial Running(int number)
    {
        var trial = Live.Find(number);
        Expect(trial is not null, number);
        trial!.ChangedAt = Version;
        return trial;
    }

    private void Expect(bool holds, int number)
    {
        if (!holds)
            throw new InvalidOperationException($"Study {Id}: an event for trial {number} cannot follow event {Version - 1}.");
    }
}
