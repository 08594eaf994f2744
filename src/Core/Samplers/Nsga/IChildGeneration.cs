using Optuna.SearchSpaces;
using Optuna.Trials;

namespace Optuna.Samplers.Nsga;

/// <summary>Makes a child of some parents.</summary>
public interface IChildGeneration
{
    /// <param name="context">Of the trial to draw for.</param>
    /// <param name="space">Parameters that all complete trials have, sorted by name; none of one value only.</param>
    /// <param name="parents">Numbers of finished trials, one or more.</param>
    /// <returns>Values of parameters of the space; those left out are drawn at random.</returns>
    IReadOnlyList<TrialParam> Generate(SamplingContext context, SearchSpace space, IReadOnlyList<int> parents);
}
