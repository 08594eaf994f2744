using System.Collections.Immutable;
using Optuna.Distributions;
using Optuna.SearchSpaces;
using Optuna.Trials;

namespace Optuna.Studies.State;

/// <summary>What finished trials have in common, kept up to date per shape of trial.</summary>
/// <remarks>
/// A trial of a known shape changes nothing. The joint space is the intersection (equal name and equal distribution in
/// every trial); the groups are Optuna's decomposition: the coarsest partition of names such that each trial's
/// parameters are a union of parts.
/// </remarks>
internal sealed class SeenSpaces(ParamTable table)
{
    private readonly HashSet<int> _complete = [];
    private readonly HashSet<int> _finished = [];

    /// <summary>Over complete trials; null before the first.</summary>
    public SearchSpace? OfComplete { get; private set; }

    /// <summary>Over complete and pruned trials; null before the first.</summary>
    public SearchSpace? OfFinished { get; private set; }

    /// <summary>Parts over complete and pruned trials, in the order the refinement makes them.</summary>
    public ImmutableArray<SearchSpace> Groups { get; private set; } = [];

    public void Add(TrialState state, int shape, ReadOnlySpan<int> defs)
    {
        if (state == TrialState.Complete && _complete.Add(shape))
            OfComplete = Intersect(OfComplete, defs);
        if (state is TrialState.Complete or TrialState.Pruned && _finished.Add(shape))
        {
            OfFinished = Intersect(OfFinished, defs);
            Groups = Refine(Groups, defs);
        }
    }

    private SearchSpace Intersect(SearchSpace? space, ReadOnlySpan<int> defs)
    {
        var trial = Distributions(defs);
        if (space is null)
            return new SearchSpace(trial);
        var kept = space.Params.Where(p => trial.TryGetValue(p.Key, out var d) && d.Equals(p.Value)).ToList();
        return kept.Count == space.Count ? space : new SearchSpace(kept);
    }

    private ImmutableArray<SearchSpace> Refine(ImmutableArray<SearchSpace> groups, ReadOnlySpan<int> defs)
    {
        var rest = Distributions(defs);
        var next = new List<SearchSpace>();
        foreach (var group in groups)
        {
            next.Add(new SearchSpace(group.Params.Where(p => rest.ContainsKey(p.Key))));
            next.Add(new SearchSpace(group.Params.Where(p => !rest.ContainsKey(p.Key))));
            foreach (var p in group.Params)
                rest.Remove(p.Key);
        }

        next.Add(new SearchSpace(rest));
        return [.. next.Where(g => !g.IsEmpty)];
    }

    private Dictionary<string, Distribution> Distributions(ReadOnlySpan<int> defs)
    {
        var result = new Dictionary<string, Distribution>(StringComparer.Ordinal);
        foreach (var d in defs)
            result[table[d].Name] = table[d].Distribution;
        return result;
    }
}
