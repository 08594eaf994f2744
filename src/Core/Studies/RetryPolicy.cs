namespace Optuna.Studies;

/// <summary>What becomes of a trial whose worker was lost.</summary>
/// <param name="Limit">How often it is given out again before it stays failed; 0 fails it at once.</param>
/// <param name="InheritIntermediateValues">Its next evaluation begins with the reports of the lost one instead of none: for objectives that resume from a checkpoint.</param>
/// <param name="AsNewTrial">
/// Optuna's way: the trial fails, and a new one with its parameters and attributes is queued, which names it in <c>failed_trial</c> and <c>retry_history</c>
/// (see <see cref="Trials.Retries"/>). A budget then counts both. Otherwise the trial itself waits again, under its own number.
/// </param>
public sealed record RetryPolicy(int Limit, bool InheritIntermediateValues = false, bool AsNewTrial = false)
{
    /// <summary>A limit alone.</summary>
    public static implicit operator RetryPolicy(int limit) => new(limit);
}
