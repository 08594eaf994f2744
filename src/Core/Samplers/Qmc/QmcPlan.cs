using Optuna.Distributions;
using Optuna.SearchSpaces;

namespace Optuna.Samplers.Qmc;

/// <summary>Which coordinate goes to which parameter, and under which attribute the points are counted.</summary>
/// <param name="Seed">Of the scramble; 0 without one.</param>
/// <param name="Params">In the order of the coordinates, those of one value included.</param>
/// <param name="Space">The same parameters.</param>
internal sealed record QmcPlan(QmcOptions Options, ulong Seed, IReadOnlyList<KeyValuePair<string, Distribution>> Params, SearchSpace Space)
{
    /// <summary>Name of the attribute.</summary>
    internal string CounterKey => field ??= QmcCounter.Key(Options, Seed, Space);

    /// <summary>The plan for what another sampler has left of the space.</summary>
    internal QmcPlan Within(SearchSpace space) => ReferenceEquals(space, Space)
        ? this
        : new QmcPlan(Options, Seed, [.. Params.Where(p => space.Contains(p.Key))], space);
}
