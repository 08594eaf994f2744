using System.Collections.Immutable;
using Optuna.Distributions;

namespace Optuna.SearchSpaces;

/// <summary>A joint space: names with their distributions, sorted by name.</summary>
public sealed class SearchSpace
{
    public static readonly SearchSpace Empty = new([]);

    private readonly Dictionary<string, int> _index;
    private SearchSpace? _withoutSingles;

    public SearchSpace(IEnumerable<KeyValuePair<string, Distribution>> items)
    {
        Params = [.. items.OrderBy(p => p.Key, StringComparer.Ordinal)];
        _index = Params.Select((p, i) => (p.Key, i)).ToDictionary(p => p.Key, p => p.i, StringComparer.Ordinal);
    }

    public ImmutableArray<KeyValuePair<string, Distribution>> Params { get; }

    public int Count => Params.Length;

    public bool IsEmpty => Params.IsEmpty;

    public bool Contains(string name) => _index.ContainsKey(name);

    public Distribution? Find(string name) => _index.TryGetValue(name, out var i) ? Params[i].Value : null;

    /// <summary>The same space without parameters that have only one value; asked twice, the same object.</summary>
    public SearchSpace WithoutSingles() => _withoutSingles ??= Params.All(p => !p.Value.IsSingle) ? this : new(Params.Where(p => !p.Value.IsSingle));
}
