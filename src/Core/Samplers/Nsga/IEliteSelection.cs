namespace Optuna.Samplers.Nsga;

/// <summary>Chooses who becomes a parent of the next generation.</summary>
public interface IEliteSelection
{
    /// <param name="context">Of the trial that is the first of its generation to draw.</param>
    /// <param name="population">Numbers of finished trials: the generation before by number, then its parents by number.</param>
    /// <returns>Some of them.</returns>
    IReadOnlyList<int> Select(SamplingContext context, IReadOnlyList<int> population);
}
