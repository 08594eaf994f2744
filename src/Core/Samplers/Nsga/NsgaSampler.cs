using System.Collections.Immutable;
using Optuna.Samplers.Ga;
using Optuna.SearchSpaces;
using Optuna.Trials;

namespace Optuna.Samplers.Nsga;

/// <summary>What NSGA-II and NSGA-III have in common: all but who is chosen from the last front.</summary>
public abstract class NsgaSampler : GaSampler, IFinishingSampler
{
    private readonly NsgaOptions _options;
    private readonly IEliteSelection _selection;
    private readonly IChildGeneration _generation;

    private protected NsgaSampler(string name, NsgaOptions options, IEliteSelection selection)
        : base(name, options.PopulationSize) =>
        (_options, _selection, _generation) = (options, options.EliteSelection ?? selection, options.ChildGeneration ?? new ChildGeneration(options));

    /// <inheritdoc/>
    public void AfterTrial(SamplingContext context, TrialState state, ImmutableArray<double> values) => _options.AfterTrial?.Invoke(context, state, values);

    /// <inheritdoc/>
    protected sealed override IReadOnlyList<int> SelectParents(SamplingContext context, IReadOnlyList<int> population) => _selection.Select(context, population);

    /// <inheritdoc/>
    protected sealed override IReadOnlyList<TrialParam> Generate(SamplingContext context, SearchSpace space, IReadOnlyList<int> parents) =>
        _generation.Generate(context, space, parents);
}
