namespace Optuna;

/// <summary>A function to optimise, written once for any place: in process, on the cluster, in a worker.</summary>
public interface IObjective
{
    /// <summary>Evaluates one trial; throw <see cref="TrialPrunedException"/> to stop it early.</summary>
    /// <param name="trial">Suggests the parameters and takes reports.</param>
    /// <param name="cancellationToken">Cancelled when the worker gives the trial up.</param>
    ValueTask<ObjectiveValue> EvaluateAsync(Trial trial, CancellationToken cancellationToken);
}
