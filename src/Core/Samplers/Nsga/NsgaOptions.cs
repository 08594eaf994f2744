using System.Collections.Immutable;
using Optuna.Samplers.Nsga.Crossovers;
using Optuna.Trials;

namespace Optuna.Samplers.Nsga;

/// <summary>How an <see cref="NsgaIISampler"/> or <see cref="NsgaIIISampler"/> works. The defaults are those of Optuna 5.</summary>
/// <remarks>A value out of range is an <see cref="ArgumentException"/> that names the option as Optuna does.</remarks>
public record NsgaOptions
{
    public static readonly NsgaOptions Default = new();

    /// <summary>Complete trials that make a generation.</summary>
    /// <value>2 or more, and no fewer than the crossover has parents.</value>
    public int PopulationSize { get; init => field = OptionRange.AtLeast(2, value, "population_size"); } = 50;

    /// <summary>Changes numeric parameters that mutate; null: these are drawn at random, as mutating choices always are.</summary>
    public IMutation? Mutation { get; init; }

    /// <summary>How likely each parameter mutates; null: 1 / d for d parameters.</summary>
    /// <value>0 to 1.</value>
    public double? MutationProb { get; init => field = value is { } p ? OptionRange.Probability(p, "mutation_prob") : null; }

    /// <summary>Mixes numeric parameters; null: <see cref="UniformCrossover"/> with <see cref="SwappingProb"/>.</summary>
    public ICrossover? Crossover { get; init; }

    /// <summary>How likely a child is made by crossover and not a copy of one parent.</summary>
    /// <value>0 to 1.</value>
    public double CrossoverProb { get; init => field = OptionRange.Probability(value, "crossover_prob"); } = 0.9;

    /// <summary>How likely a parameter is the first parent's, in uniform crossover and of choices in any.</summary>
    /// <value>0 to 1.</value>
    public double SwappingProb { get; init => field = OptionRange.Probability(value, "swapping_prob"); } = 0.5;

    /// <summary>Chooses the parents of the next generation; null: the sampler's own way.</summary>
    public IEliteSelection? EliteSelection { get; init; }

    /// <summary>Makes children; null: <see cref="Nsga.ChildGeneration"/> by the options above.</summary>
    public IChildGeneration? ChildGeneration { get; init; }

    /// <summary>Told when a trial ends, before its end is recorded: its state, and its values if it is complete. In process only.</summary>
    public Action<SamplingContext, TrialState, ImmutableArray<double>>? AfterTrial { get; init; }

    internal ICrossover CrossoverOrDefault => Crossover ?? new UniformCrossover(SwappingProb);
}
