using System.Collections.Immutable;
using Optuna.Trials;

namespace Optuna.Studies;

/// <summary>An objective's way through one trial, and what is to be told of it. The same in process and in a worker.</summary>
/// <param name="Failure">What the objective threw; null when it returned or pruned.</param>
internal readonly record struct Evaluation(StudyCommands.TellTrial Tell, Exception? Failure)
{
    public static async ValueTask<Evaluation> RunAsync(
        Func<Trial, CancellationToken, ValueTask<ObjectiveValue>> objective, Trial trial, CancellationToken cancellationToken)
    {
        ImmutableArray<double> values = [];
        TrialState? state = null;
        Exception? failure = null;
        try
        {
            values = (await objective(trial, cancellationToken).ConfigureAwait(false)).ToArray();
        }
        catch (TrialPrunedException)
        {
            state = TrialState.Pruned;
        }
        catch (Exception e)
        {
            (state, failure) = (TrialState.Fail, e);
        }

        try
        {
            await trial.SettleAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            (state, values, failure) = (TrialState.Fail, [], failure ?? e);
        }

        var reason = failure is null ? null : $"{failure.GetType().Name}: {failure.Message}";
        return new Evaluation(new StudyCommands.TellTrial(trial.Number, trial.Lease, state, values, trial.Used, reason), failure);
    }
}
