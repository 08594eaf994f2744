namespace Optuna.Numerics;

/// <summary>
/// Ascending order of values by index, with equal values in the order NumPy's default introsort leaves them in
/// (not stable above 16 values): kernels of tied observations get their widths by it.
/// </summary>
internal static class ArgSort
{
    private const int Small = 16;

    /// <summary>Writes the permutation that sorts <paramref name="values"/> (no NaN) into <paramref name="order"/>.</summary>
    internal static void Fill(ReadOnlySpan<double> values, Span<int> order)
    {
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        if (order.Length > 1)
            Sort(values, order, 2 * System.Numerics.BitOperations.Log2((uint)order.Length));
    }

    private static void Sort(ReadOnlySpan<double> v, Span<int> order, int depth)
    {
        while (order.Length > Small)
        {
            if (depth-- < 0)
            {
                SortByValueThenIndex(v, order);
                return;
            }
            var pivot = Partition(v, order);
            Sort(v, order[..pivot], depth);
            order = order[(pivot + 1)..];
        }
        Insert(v, order);
    }

    // Median of first, middle and last as pivot, parked last but one while the ends close in on each other.
    private static int Partition(ReadOnlySpan<double> v, Span<int> order)
    {
        var last = order.Length - 1;
        var middle = last >> 1;
        Order(v, ref order[0], ref order[middle]);
        Order(v, ref order[middle], ref order[last]);
        Order(v, ref order[0], ref order[middle]);

        var pivot = v[order[middle]];
        var (i, j) = (0, last - 1);
        (order[middle], order[j]) = (order[j], order[middle]);
        while (true)
        {
            do
                i++;
            while (v[order[i]] < pivot);
            do
                j--;
            while (pivot < v[order[j]]);
            if (i >= j)
                break;
            (order[i], order[j]) = (order[j], order[i]);
        }
        (order[i], order[last - 1]) = (order[last - 1], order[i]);
        return i;
    }

    private static void Order(ReadOnlySpan<double> v, ref int a, ref int b)
    {
        if (v[b] < v[a])
            (a, b) = (b, a);
    }

    private static void Insert(ReadOnlySpan<double> v, Span<int> order)
    {
        for (var i = 1; i < order.Length; i++)
        {
            var index = order[i];
            var j = i;
            for (; j > 0 && v[index] < v[order[j - 1]]; j--)
                order[j] = order[j - 1];
            order[j] = index;
        }
    }

    // Only reached on input made to defeat the pivot choice; what matters is that it stays n log n.
    private static void SortByValueThenIndex(ReadOnlySpan<double> v, Span<int> order)
    {
        var values = v.ToArray();
        order.Sort((a, b) => values[a].CompareTo(values[b]) is var c and not 0 ? c : a.CompareTo(b));
    }
}
