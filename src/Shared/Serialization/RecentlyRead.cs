namespace Optuna.Cluster.Serialization;

/// <summary>Remembers what was made from recent keys: one slot per hash, the newer key takes it.</summary>
/// <remarks>Bounded and without locks: a slot is one reference, and two threads that miss at once only work twice.</remarks>
internal sealed class RecentlyRead<TKey, TValue>(Func<TKey, TValue> make)
    where TKey : notnull
    where TValue : class
{
    private const int Slots = 256;

    private readonly Entry?[] _slots = new Entry?[Slots];

    public TValue Get(TKey key)
    {
        ref var slot = ref _slots[(uint)key.GetHashCode() % Slots];
        var entry = Volatile.Read(ref slot);
        if (entry is not null && EqualityComparer<TKey>.Default.Equals(entry.Key, key))
            return entry.Value;
        var made = make(key);
        Volatile.Write(ref slot, new Entry(key, made));
        return made;
    }

    private sealed record Entry(TKey Key, TValue Value);
}
