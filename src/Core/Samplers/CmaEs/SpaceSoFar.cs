using Optuna.Distributions;
using Optuna.SearchSpaces;
using Optuna.Trials;

namespace Optuna.Samplers.CmaEs;

/// <summary>The numeric parameters with equal distributions in every complete trial so far, as the history is read from its start.</summary>
internal sealed class SpaceSoFar
{
    private SearchSpace? _space;

    /// <summary>Empty before the first trial.</summary>
    internal SearchSpace Space => _space ?? SearchSpace.Empty;

    /// <summary>Nothing is shared any more, and never will be.</summary>
    internal bool IsLost => _space is { IsEmpty: true };

    internal void Add(ReadOnlySpan<TrialParam> trial)
    {
        if (_space is null)
        {
            _space = Numeric(trial.ToArray().Select(p => KeyValuePair.Create(p.Name, p.Distribution)));
            return;
        }

        var kept = 0;
        foreach (var p in trial)
            kept += p.Distribution.Equals(_space.Find(p.Name)) ? 1 : 0;
        if (kept == _space.Count)
            return;
        var common = trial.ToArray().ToDictionary(p => p.Name, p => p.Distribution, StringComparer.Ordinal);
        _space = new SearchSpace(_space.Params.Where(p => common.TryGetValue(p.Key, out var d) && d.Equals(p.Value)));
    }

    /// <summary>The space CMA-ES can draw together: what has one value only, or is categorical, is left out.</summary>
    internal static SearchSpace Numeric(IEnumerable<KeyValuePair<string, Distribution>> items) =>
        new(items.Where(p => p.Value is FloatDistribution or IntDistribution && !p.Value.IsSingle));
}
