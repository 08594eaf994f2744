using System.Collections.Immutable;
using Optuna.Studies;
using Optuna.Studies.State;
using Optuna.Trials;

namespace Optuna.Pruners;

/// <summary>The trial in question and what other trials had reported; studies with one objective only.</summary>
public sealed class PruningContext
{
    private readonly StudyState _state;
    private readonly LiveTrial _trial;
    private readonly Func<int, bool>? _among;
    private readonly AttrWishes _set;

    internal PruningContext(StudyState state, LiveTrial trial)
        : this(state, trial, null, new AttrWishes())
    {
    }

    private PruningContext(StudyState state, LiveTrial trial, Func<int, bool>? among, AttrWishes set) =>
        (_state, _trial, _among, _set, Reports) = (state, trial, among, set, trial.Reports);

    public string StudyName => _state.Name;

    public int Number => _trial.Number;

    public StudyDirection Direction => _state.Directions[0];

    /// <summary>How many trials are complete.</summary>
    public int CompleteCount => _state.History.Complete;

    /// <summary>The trial's reports by step, ascending; never empty.</summary>
    public ImmutableSortedDictionary<long, double> Reports { get; }

    /// <summary>Largest reported step.</summary>
    public long LastStep => _trial.LastStep;

    /// <summary>Largest reported step before <see cref="LastStep"/>; −1 when there is only one.</summary>
    public long StepBeforeLast => _trial.StepBeforeLast;

    /// <summary>The trial's best report in the study's direction; NaN when none is a number.</summary>
    public double Best => Direction == StudyDirection.Minimize ? _trial.LeastReport : _trial.GreatestReport;

    /// <summary>Largest step any complete trial has reported; −1 when none has.</summary>
    public long LastStepOfComplete => _state.Steps.Last;

    /// <summary>What complete trials reported at exactly this step.</summary>
    public SortedValues CompleteAt(long step) => _state.Steps.At(step);

    /// <summary>The reports of the best complete trial that violates no constraint; null when there is none.</summary>
    public ImmutableSortedDictionary<long, double>? ReportsOfBest =>
        _state.BestFeasible is { } best ? _state.Trials.Detail(best).Reports : null;

    /// <summary>What trials of any state were worth when they completed this rung (<see cref="RungKey"/>), this trial's own pending value not included.</summary>
    public SortedValues Rung(int rung) => _state.Rungs.At(rung, _among);

    /// <summary>Key of the trial attribute that holds its value at a rung: Optuna's.</summary>
    public static string RungKey(int rung) => $"{RungTable.KeyPrefix}{rung}";

    /// <summary>JSON text of one of the trial's system attributes, or null.</summary>
    public string? TrialAttr(string key) => _set.Find(AttrOwner.Trial, key) ?? _trial.SystemAttrs[key];

    /// <summary>JSON text of one of the study's system attributes, or null.</summary>
    public string? StudyAttr(string key) => _set.Find(AttrOwner.Study, key) ?? _state.SystemAttrs[key];

    /// <summary>Records a system attribute of the trial, together with the report.</summary>
    public void SetTrialAttr(string key, string json) => _set.Set(AttrOwner.Trial, key, json);

    /// <summary>Records a system attribute of the study, together with the report.</summary>
    public void SetStudyAttr(string key, string json) => _set.Set(AttrOwner.Study, key, json);

    /// <summary>The same question in a study that has only these trials, as far as <see cref="Rung"/> goes.</summary>
    /// <param name="bracket">From 0.</param>
    public PruningContext Within(BracketDivision division, int bracket) => new(_state, _trial, division.Members(bracket), _set);

    /// <summary>What was set, as wishes the study's shell puts to the rules at once.</summary>
    internal ImmutableArray<IStudyCommand> Wishes => _set.Commands(Number);
}
