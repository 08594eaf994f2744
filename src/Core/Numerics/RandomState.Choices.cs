namespace Optuna.Numerics;

public sealed partial class RandomState
{
    /// <summary><c>choice(n, size)</c>: indices in [0, n), with replacement.</summary>
    public void Choice(int n, Span<int> destination)
    {
        foreach (ref var index in destination)
            index = NextIndex(n);
    }

    /// <summary><c>choice(n, p=probabilities)</c>: one index, drawn by the cumulative distribution.</summary>
    public int Choice(ReadOnlySpan<double> probabilities)
    {
        Span<int> one = stackalloc int[1];
        Choice(probabilities, one);
        return one[0];
    }

    /// <summary><c>choice(n, p=probabilities, size)</c>: indices drawn by the cumulative distribution, with replacement.</summary>
    /// <exception cref="ArgumentException">A probability is negative or NaN, there is none, or they do not add up to 1 (within √ε).</exception>
    public void Choice(ReadOnlySpan<double> probabilities, Span<int> destination)
    {
        const int onStack = 128;
        var n = probabilities.Length;
        var cumulative = n <= onStack ? stackalloc double[onStack] : new double[n];
        cumulative = cumulative[..n];
        Accumulate(probabilities, cumulative);
        foreach (ref var index in destination)
            index = FirstAbove(cumulative, NextDouble());
    }

    /// <summary><c>choice(n, size, replace=False)</c>: different indices, in random order.</summary>
    public int[] ChoiceWithoutReplacement(int n, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, n);
        return Permutation(n)[..size];
    }

    /// <summary><c>permutation(n)</c>: the numbers 0 to n − 1 in random order.</summary>
    public int[] Permutation(int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        var items = new int[n];
        for (var i = 0; i < n; i++)
            items[i] = i;
        Shuffle<int>(items);
        return items;
    }

    /// <summary><c>shuffle(items)</c>: Fisher and Yates, from the last item down.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = (int)Bounded((uint)i);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static void Accumulate(ReadOnlySpan<double> probabilities, Span<double> cumulative)
    {
        var total = 0.0;
        for (var i = 0; i < probabilities.Length; i++)
        {
            if (!(probabilities[i] >= 0))
                throw new ArgumentException($"A probability must be at least 0, but number {i} is {probabilities[i]:R}.", nameof(probabilities));
            total += probabilities[i];
            cumulative[i] = total;
        }
        if (!(Math.Abs(total - 1) <= 1.4901161193847656e-08))
            throw new ArgumentException($"Probabilities must add up to 1, but these {probabilities.Length} add up to {total:R}.", nameof(probabilities));
        foreach (ref var value in cumulative)
            value /= total;
    }

    // searchsorted(…, side='right'): how many entries are at or below x.
    private static int FirstAbove(ReadOnlySpan<double> ascending, double x)
    {
        var (low, high) = (0, ascending.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (x < ascending[middle])
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }
}
