using System.Collections.Immutable;
using Optuna.Distributions;
using Optuna.Samplers.BruteForce;
using Optuna.SearchSpaces;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Samplers.PartialFixed;

/// <summary>Gives some parameters fixed values and leaves the others to another sampler, which keeps all its abilities.</summary>
/// <remarks>
/// A fixed value out of range is used all the same, with a warning; one that is none of a parameter's choices is an error.
/// A <see cref="BruteForceSampler"/> searches the rest of the space as if it were all, and ends when that is exhausted.
/// </remarks>
public sealed class PartialFixedSampler : IRelativeSampler, IStartingSampler, IFinishingSampler, IExhaustible
{
    private readonly ImmutableDictionary<string, object?> _fixed;
    private readonly ISampler _base;

    /// <param name="fixedParams">Users' values by name.</param>
    /// <param name="baseSampler">For all other parameters.</param>
    public PartialFixedSampler(IEnumerable<KeyValuePair<string, object?>> fixedParams, ISampler baseSampler)
    {
        ArgumentNullException.ThrowIfNull(fixedParams);
        ArgumentNullException.ThrowIfNull(baseSampler);
        _fixed = fixedParams.ToImmutableDictionary(StringComparer.Ordinal);
        _base = baseSampler is BruteForceSampler brute ? brute.Within(_fixed) : baseSampler;
    }

    public bool DrawsAhead => _base.DrawsAhead;

    public bool DrawsInTurn(SamplingContext context) => _base.DrawsInTurn(context);

    public void CheckObjectives(int objectives) => _base.CheckObjectives(objectives);

    public void BeforeTrial(SamplingContext context) => (_base as IStartingSampler)?.BeforeTrial(context);

    public void AfterTrial(SamplingContext context, TrialState state, ImmutableArray<double> values) =>
        (_base as IFinishingSampler)?.AfterTrial(context, state, values);

    /// <summary>Never with a sampler that has no end.</summary>
    public bool IsExhausted(StudyView study) => _base is IExhaustible exhaustible && exhaustible.IsExhausted(study);

    public SearchSpace InferRelativeSpace(SamplingContext context)
    {
        if (_base is not IRelativeSampler relative)
            return SearchSpace.Empty;
        var space = relative.InferRelativeSpace(context);
        return _fixed.Keys.Any(space.Contains) ? new SearchSpace(space.Params.Where(p => !_fixed.ContainsKey(p.Key))) : space;
    }

    public IReadOnlyList<TrialParam> SampleRelative(SamplingContext context, SearchSpace space)
    {
        var drawn = ((IRelativeSampler)_base).SampleRelative(context, space);
        // A sampler may draw from what it has seen itself, fixed parameters included.
        return drawn.All(p => !_fixed.ContainsKey(p.Name)) ? drawn : [.. drawn.Where(p => !_fixed.ContainsKey(p.Name))];
    }

    /// <exception cref="ArgumentException">The fixed value is none of the parameter's choices, or no number.</exception>
    public double SampleIndependent(SamplingContext context, string name, Distribution distribution)
    {
        if (!_fixed.TryGetValue(name, out var external))
            return _base.SampleIndependent(context, name, distribution);
        var value = Internal(name, external, distribution);
        if (!distribution.Contains(value))
            context.AllowOutOfRange($"The fixed value {external ?? "null"} of parameter '{name}' is out of range of {distribution}; it is used all the same.");
        return value;
    }

    private static double Internal(string name, object? external, Distribution distribution)
    {
        try
        {
            return distribution.ToInternal(external);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"Parameter '{name}' is fixed: {e.Message}");
        }
    }
}
