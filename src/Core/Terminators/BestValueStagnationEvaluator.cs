using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Terminators;

/// <summary>How many complete trials the study may still go without a better value; below 0 once it has gone longer.</summary>
public sealed class BestValueStagnationEvaluator : IImprovementEvaluator
{
    private readonly int _most;

    /// <param name="maxStagnationTrials">At least 0.</param>
    /// <exception cref="ArgumentException">It is negative.</exception>
    public BestValueStagnationEvaluator(int maxStagnationTrials = 30) => _most = maxStagnationTrials >= 0
        ? maxStagnationTrials
        : throw new ArgumentException($"'max_stagnation_trials' must not be negative (it is {maxStagnationTrials}).");

    public double Evaluate(StudyView study)
    {
        if (study.Best is not { } best)
            throw new InvalidOperationException("No trial is complete yet, so the improvement cannot be told.");
        // Trials are counted by number; there is no need to count beyond what decides.
        var since = 0;
        for (var n = best + 1; n < study.TrialCount && since <= _most; n++)
            since += study.IsFinished(n) && study.States[n] == (byte)TrialState.Complete ? 1 : 0;
        return _most - since;
    }
}
