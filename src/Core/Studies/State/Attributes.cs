using System.Collections.Immutable;

namespace Optuna.Studies.State;

/// <summary>Attributes by key in the order they were first set; values are JSON texts.</summary>
internal sealed class Attributes
{
    private const int MaxSize = 3 << 20;

    private OrderedDictionary<string, string>? _items;
    private ImmutableArray<KeyValuePair<string, string>> _frozen = [];

    /// <summary>Characters of all keys and values.</summary>
    public int Size { get; private set; }

    public bool IsEmpty => _items is null or { Count: 0 };

    public string? this[string key] => _items?.GetValueOrDefault(key);

    public void Set(string key, string json)
    {
        _items ??= new OrderedDictionary<string, string>(StringComparer.Ordinal);
        Size += _items.TryGetValue(key, out var before) ? json.Length - before.Length : key.Length + json.Length;
        _items[key] = json;
        _frozen = default;
    }

    public void Remove(string key)
    {
        if (_items is null || !_items.TryGetValue(key, out var before))
            return;
        _items.Remove(key);
        Size -= key.Length + before.Length;
        _frozen = default;
    }

    public void SetAll(IEnumerable<KeyValuePair<string, string>> items)
    {
        foreach (var (key, json) in items)
            Set(key, json);
    }

    /// <summary>Why this one more would be too much, or null: a trial, and a study, must fit into one message.</summary>
    public string? Overflow(string key, string json) => Size + key.Length + json.Length - (this[key]?.Length ?? 0) > MaxSize
        ? $"The attribute '{key}' has {json.Length} characters; together with the others that is more than {MaxSize}."
        : null;

    public ImmutableArray<KeyValuePair<string, string>> Freeze() => _frozen.IsDefault ? _frozen = [.. _items!] : _frozen;
}
