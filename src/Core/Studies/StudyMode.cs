namespace Optuna.Studies;

/// <summary>Whether a study gives trials to workers and optimisation loops. The numbers are part of the wire format.</summary>
/// <remarks>Who asks on one's own, without a budget, is given a trial in every mode.</remarks>
public enum StudyMode
{
    Running = 0,

    /// <summary>No new trials for now: workers finish theirs and wait.</summary>
    Paused = 1,

    /// <summary>No new trials: workers finish theirs and end.</summary>
    Stopped = 2,
}
