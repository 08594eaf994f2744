namespace Optuna.Trials;

/// <summary>Where a trial stands. The numbers are Optuna's and are part of the wire format.</summary>
public enum TrialState
{
    Running = 0,
    Complete = 1,
    Pruned = 2,
    Fail = 3,
    Waiting = 4,
}

public static class TrialStates
{
    /// <summary>Complete, pruned or failed: the trial never changes again.</summary>
    public static bool IsFinished(this TrialState state) => state is TrialState.Complete or TrialState.Pruned or TrialState.Fail;
}
