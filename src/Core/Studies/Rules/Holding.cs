using Optuna.Studies.State;
using Optuna.Trials;

namespace Optuna.Studies.Rules;

/// <summary>Who may change a trial: whoever holds it now.</summary>
internal static class Holding
{
    /// <summary>Null when the trial runs and the token is its own (or none was shown), else the refusal.</summary>
    /// <remarks>A token of 0 is ask-and-tell by number, as Optuna allows it: it is fenced by the trial's state alone.</remarks>
    /// <param name="evenWaiting">A waiting trial will do as well.</param>
    public static Decision? Refusal(StudyState state, int number, long lease, out LiveTrial trial, bool evenWaiting = false)
    {
        trial = state.Live.Find(number)!;
        if (trial is null)
        {
            return number < 0 || number >= state.TrialCount
                ? Decision.Refuse(Rejection.TrialNotFound, $"Study '{state.Name}' has no trial {number}.")
                : lease != 0 && lease != state.Trials.Lease(number)
                ? Lost(number)
                : Decision.Refuse(Rejection.TrialFinished,
                    $"Trial {number} is finished ({state.Trials.State(number)}) and cannot be changed.");
        }

        if (lease != 0 && lease != trial.Lease)
            return Lost(number);

        return trial.State == TrialState.Waiting && !evenWaiting
            ? Decision.Refuse(Rejection.TrialNotRunning, $"Trial {number} is waiting; it must be asked for before it can be changed.")
            : null;
    }

    private static Decision Lost(int number) => Decision.Refuse(Rejection.LeaseLost,
        $"Trial {number} was taken from this worker: it was silent for too long, and the trial was given back to the queue.");
}
