namespace Optuna.Samplers.Grid;

/// <summary>A set of the numbers 0 to n − 1, full at first, in which the k-th smallest is found in O(log n).</summary>
/// <remarks>A Fenwick tree of counts beside the members' bits.</remarks>
internal sealed class IndexSet
{
    private readonly int[] _counts;
    private readonly bool[] _has;

    public IndexSet(int n)
    {
        (_counts, _has, Count) = (new int[n + 1], new bool[n], n);
        Array.Fill(_has, true);
        for (var i = 1; i <= n; i++)
            _counts[i] = i & -i;
    }

    public int Count { get; private set; }

    public bool Contains(int item) => (uint)item < (uint)_has.Length && _has[item];

    /// <summary>Whether it was there; numbers out of range never are.</summary>
    public bool Remove(int item)
    {
        if (!Contains(item))
            return false;
        Change(item, -1);
        return true;
    }

    /// <param name="item">Removed before.</param>
    public void Restore(int item) => Change(item, 1);

    /// <summary>The k-th smallest, from 0.</summary>
    public int this[int k]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)k, (uint)Count, nameof(k));
            var below = 0;
            for (var step = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)_counts.Length); step > 0; step >>= 1)
            {
                if (below + step < _counts.Length && _counts[below + step] <= k)
                {
                    below += step;
                    k -= _counts[below];
                }
            }

            return below;
        }
    }

    private void Change(int item, int by)
    {
        _has[item] = by > 0;
        Count += by;
        for (var i = item + 1; i < _counts.Length; i += i & -i)
            _counts[i] += by;
    }
}
