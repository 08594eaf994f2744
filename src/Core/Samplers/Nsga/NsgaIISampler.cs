namespace Optuna.Samplers.Nsga;

/// <summary>NSGA-II, the elitist genetic algorithm for several objectives (one will do): Deb et al. 2002.</summary>
/// <remarks>
/// The first generation is random. Parameters that not every complete trial has are drawn at random, and so is a parameter that mutates
/// when there is no <see cref="NsgaOptions.Mutation"/>. Constraints count by constrained domination. Pruned, failed and running trials are ignored.
/// </remarks>
public sealed class NsgaIISampler : NsgaSampler
{
    /// <exception cref="ArgumentException">A population that is smaller than the crossover's number of parents.</exception>
    public NsgaIISampler(NsgaOptions? options = null)
        : base("NSGAIISampler", options ?? NsgaOptions.Default, new CrowdingSelection((options ?? NsgaOptions.Default).PopulationSize))
    {
    }
}
