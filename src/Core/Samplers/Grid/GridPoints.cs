using System.Collections.Immutable;
using Optuna.Distributions;
using Optuna.Json;
using Optuna.Numerics;

namespace Optuna.Samplers.Grid;

/// <summary>Every combination of some parameters' values, in an order the seed decides: Optuna's.</summary>
internal sealed class GridPoints
{
    /// <summary>As many as are shuffled and kept in reasonable time and memory.</summary>
    private const int Most = 10_000_000;

    private readonly string[] _names;
    private readonly ImmutableArray<object?>[] _values;
    private readonly Lazy<int[]> _order;

    /// <exception cref="ArgumentException">A parameter has no values or one of an unsupported type, or there are too many combinations.</exception>
    public GridPoints(IEnumerable<KeyValuePair<string, IReadOnlyList<object?>>> space, uint seed)
    {
        var sorted = space.OrderBy(p => p.Key, StringComparer.Ordinal).ToArray();
        _names = [.. sorted.Select(p => p.Key)];
        _values = [.. sorted.Select(p => Values(p.Key, p.Value))];
        var count = 1L;
        foreach (var values in _values)
        {
            count *= values.Length;
            if (count > Most)
                throw new ArgumentException($"'search_space' has more than {Most} combinations.");
        }

        Count = (int)count;
        Json = PythonJson.Write(new OrderedDictionary<string, object?>(_names.Zip(_values, (n, v) => KeyValuePair.Create(n, (object?)v))));
        _order = new Lazy<int[]>(() => new RandomState(seed).Permutation(Count));
    }

    public int Count { get; }

    /// <summary>Names, sorted.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The space as Optuna keeps it with every trial: a JSON object of lists.</summary>
    public string Json { get; }

    /// <summary>A parameter's value at a point.</summary>
    /// <param name="id">0 to <see cref="Count"/> − 1, in the order points are visited.</param>
    /// <returns>False when the grid has no such parameter.</returns>
    public bool TryGetValue(int id, string name, out object? value)
    {
        // The combinations in itertools.product's order: the last name runs fastest.
        var place = _order.Value[id];
        for (var i = _names.Length - 1; i >= 0; i--)
        {
            var values = _values[i];
            if (_names[i] == name)
            {
                value = values[place % values.Length];
                return true;
            }

            place /= values.Length;
        }

        value = null;
        return false;
    }

    /// <summary>Whether a trial's <c>search_space</c> is this one: the same names, each with the same values in the same order.</summary>
    public bool IsSame(string json)
    {
        if (json == Json)
            return true;
        try
        {
            return PythonJson.Read(json) is Dictionary<string, object?> other && other.Count == _names.Length
                && _names.Zip(_values).All(p => other.GetValueOrDefault(p.First) is List<object?> values && IsSame(p.Second, values));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool IsSame(ImmutableArray<object?> ours, List<object?> theirs) =>
        ours.Length == theirs.Count && ours.Zip(theirs).All(v => CategoricalChoice.Same(v.First, v.Second));

    private static ImmutableArray<object?> Values(string name, IReadOnlyList<object?> values)
    {
        if (values.Count == 0)
            throw new ArgumentException($"'search_space' has no value for parameter '{name}'.");
        try
        {
            return [.. values.Select(CategoricalChoice.Normalize)];
        }
        catch (ArgumentException)
        {
            throw new ArgumentException($"'search_space' has a value for parameter '{name}' that is not null, a bool, a number or a text.");
        }
    }
}
