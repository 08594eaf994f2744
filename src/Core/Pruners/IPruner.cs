using System.Collections.Immutable;
using Optuna.Studies;
using Optuna.Studies.State;

namespace Optuna.Pruners;

/// <summary>Decides after a report whether a trial should be stopped early.</summary>
public interface IPruner
{
    bool ShouldPrune(PruningContext context);
}

/// <summary>The trial in question and what complete trials had reported; studies with one objective only.</summary>
public sealed class PruningContext
{
    private readonly StudyState _state;
    private readonly LiveTrial _trial;

    internal PruningContext(StudyState state, LiveTrial trial)
    {
        _state = state;
        _trial = trial;
        Reports = trial.Reports;
    }

    public int Number => _trial.Number;

    public StudyDirection Direction => _state.Directions[0];

    /// <summary>How many trials are complete.</summary>
    public int CompleteCount => _state.Complete;

    /// <summary>The trial's reports by step, ascending; never empty.</summary>
    public ImmutableSortedDictionary<long, double> Reports { get; }

    /// <summary>Largest reported step.</summary>
    public long LastStep => _trial.LastStep;

    /// <summary>Largest reported step before <see cref="LastStep"/>; −1 when there is only one.</summary>
    public long StepBeforeLast => _trial.StepBeforeLast;

    /// <summary>The trial's best report in the study's direction; NaN when none is a number.</summary>
    public double Best => Direction == StudyDirection.Minimize ? _trial.LeastReport : _trial.GreatestReport;

    /// <summary>What complete trials reported at exactly this step.</summary>
    public SortedValues CompleteAt(long step) => _state.Steps.At(step);
}

public static class Pruning
{
    /// <summary>The pruner's answer for a running trial; false before its first report.</summary>
    public static bool ShouldPrune(StudyState state, int number, IPruner pruner) =>
        state.Directions.Length == 1
        && state.Live.Find(number) is { Reports.IsEmpty: false } trial
        && pruner.ShouldPrune(new PruningContext(state, trial));
}
