using Optuna.Terminators;
using Optuna.Trials;

namespace Optuna.Studies;

/// <summary>Ready-made callbacks for <see cref="Study.Optimize(Func{Trial, double}, int?, TimeSpan?, int, IReadOnlyCollection{Type}?, IReadOnlyCollection{Action{Study, FrozenTrial}}?, IProgress{OptimizeProgress}?, CancellationToken)"/>.</summary>
public static class StudyCallbacks
{
    /// <summary>Stops this call once the study, over all its workers, has so many trials; the trials at work then still end.</summary>
    /// <param name="states">Which trials count; none for complete ones.</param>
    /// <exception cref="ArgumentException"><paramref name="nTrials"/> is negative.</exception>
    public static Action<Study, FrozenTrial> MaxTrials(int nTrials, params TrialState[] states)
    {
        if (nTrials < 0)
            throw new ArgumentException($"'nTrials' must not be negative (it is {nTrials}).");
        TrialState[] counted = states.Length == 0 ? [TrialState.Complete] : [.. states.Distinct()];
        return (study, _) =>
        {
            var counts = study.GetSummaryAsync().AsTask().GetAwaiter().GetResult().Counts;
            if (counted.Sum(state => Of(counts, state)) >= nTrials)
                study.Stop();
        };
    }

    /// <summary>Stops this call once the terminator says that going on is not worth it.</summary>
    /// <param name="terminator">Null: one with its defaults, which needs cross-validation scores (<see cref="CrossValidationScores.ReportCrossValidationScores"/>).</param>
    public static Action<Study, FrozenTrial> Terminator(ITerminator? terminator = null)
    {
        var judge = terminator ?? new Terminator();
        return (study, _) =>
        {
            if (!judge.ShouldTerminate(study))
                return;
            OptunaLog.Info("The terminator stops the study.");
            study.Stop();
        };
    }

    private static int Of(TrialCounts counts, TrialState state) => state switch
    {
        TrialState.Running => counts.Running,
        TrialState.Complete => counts.Complete,
        TrialState.Pruned => counts.Pruned,
        TrialState.Fail => counts.Fail,
        TrialState.Waiting => counts.Waiting,
        _ => throw new ArgumentException($"'{state}' is not a trial state."),
    };
}
