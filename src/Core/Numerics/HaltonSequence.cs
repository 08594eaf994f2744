namespace Optuna.Numerics;

/// <summary>
/// Halton's low-discrepancy sequence: coordinate d of point i is i written in the d-th prime number as base and mirrored at
/// the point; scrambled, every digit goes through a random permutation of its own.
/// </summary>
/// <remarks>J. H. Halton (1960); A. B. Owen, "A randomized Halton algorithm in R" (arXiv 1706.02808, the scramble). The plain points are SciPy's. Immutable.</remarks>
internal sealed class HaltonSequence
{
    // Digits that still change a double: base^-k > 2^-54.
    private const double Precision = 54;

    private readonly int[] _bases;
    private readonly int[][]? _permutations;

    private HaltonSequence(int[] bases, int[][]? permutations) => (_bases, _permutations) = (bases, permutations);

    internal int Dimensions => _bases.Length;

    /// <summary>The sequence as it is: point 0 is the lower corner.</summary>
    /// <param name="dimensions">1 or more.</param>
    internal static HaltonSequence Plain(int dimensions) => new(Primes(dimensions), null);

    /// <summary>The sequence with random digits: as evenly spread, and each point uniform on its own.</summary>
    /// <param name="dimensions">1 or more.</param>
    internal static HaltonSequence Scrambled(int dimensions, RandomState random)
    {
        var bases = Primes(dimensions);
        var permutations = new int[dimensions][];
        for (var d = 0; d < dimensions; d++)
        {
            var digits = (int)Math.Ceiling(Precision / Math.Log2(bases[d])) - 1;
            var all = permutations[d] = new int[digits * bases[d]];
            for (var k = 0; k < digits; k++)
                random.Permutation(bases[d]).CopyTo(all.AsSpan(k * bases[d]));
        }

        return new HaltonSequence(bases, permutations);
    }

    /// <summary>Point <paramref name="index"/>, each coordinate in [0, 1).</summary>
    internal void Point(long index, Span<double> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        for (var d = 0; d < _bases.Length; d++)
            destination[d] = _permutations is null ? Mirrored(index, _bases[d]) : Scrambled(index, _bases[d], _permutations[d]);
    }

    private static double Mirrored(long index, int b)
    {
        var (x, weight) = (0.0, 1.0 / b);
        for (; index > 0; index /= b, weight /= b)
            x += index % b * weight;
        return x;
    }

    // The leading zeros are digits too: they are scrambled like all others.
    private static double Scrambled(long index, int b, int[] permutations)
    {
        var (x, weight) = (0.0, 1.0 / b);
        for (var k = 0; k < permutations.Length; k += b, index /= b, weight /= b)
            x += permutations[k + (int)(index % b)] * weight;
        return Math.Min(x, Math.BitDecrement(1.0));
    }

    private static int[] Primes(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var primes = new int[count];
        for (var (n, found) = (2, 0); found < count; n++)
        {
            var isPrime = true;
            for (var i = 0; isPrime && i < found && primes[i] * primes[i] <= n; i++)
                isPrime = n % primes[i] != 0;
            if (isPrime)
                primes[found++] = n;
        }

        return primes;
    }
}
