using System.Collections.Immutable;

namespace Optuna.Studies.State;

/// <summary>Attributes by key in the order they were first set; values are JSON texts.</summary>
internal sealed class Attributes
{
    private OrderedDictionary<string, string>? _items;
    private ImmutableArray<KeyValuePair<string, string>> _frozen = [];

    public bool IsEmpty => _items is null or { Count: 0 };

    public string? this[string key] => _items?.GetValueOrDefault(key);

    public void Set(string key, string json)
    {
        _items ??= new OrderedDictionary<string, string>(StringComparer.Ordinal);
        _items[key] = json;
        _frozen = default;
    }

    public void Remove(string key)
    {
        if (_items?.Remove(key) == true)
            _frozen = default;
    }

    public void SetAll(IEnumerable<KeyValuePair<string, string>> items)
    {
        foreach (var (key, json) in items)
            Set(key, json);
    }

    public ImmutableArray<KeyValuePair<string, string>> Freeze() => _frozen.IsDefault ? _frozen = [.. _items!] : _frozen;
}
