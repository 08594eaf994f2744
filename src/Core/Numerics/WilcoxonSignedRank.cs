namespace Optuna.Numerics;

/// <summary>The one-sided Wilcoxon signed-rank test, with the ranks of zero differences split between both signs.</summary>
/// <remarks>
/// As SciPy since 1.15 answers <c>wilcoxon(d, alternative="greater", zero_method="zsplit")</c>: exact up to 50 differences
/// without zeros and ties, exact up to 13 with them, else the normal approximation with the correction for ties and none
/// for continuity. SciPy before 1.15 differs for up to 50 differences with zeros (always approximated) or ties
/// (the exact distribution of another problem, read at a rank sum that was cut off); the exact answer was preferred.
/// </remarks>
internal static class WilcoxonSignedRank
{
    private const int LargestExact = 50;
    private const int LargestExactWithTies = 13;

    /// <summary>How probable it is, if the differences lie symmetrically about 0, that the positive ones get as large a rank sum as here or a larger.</summary>
    /// <param name="differences">Finite; at least one.</param>
    public static double Greater(IReadOnlyList<double> differences)
    {
        ArgumentOutOfRangeException.ThrowIfZero(differences.Count, nameof(differences));
        var n = differences.Count;
        // Twice the rank, so that the mean rank of a tie is a whole number.
        var ranks = new int[n];
        var order = Enumerable.Range(0, n).OrderBy(i => Math.Abs(differences[i])).ToArray();
        var ties = 0.0;
        for (int first = 0, end; first < n; first = end)
        {
            for (end = first + 1; end < n && Math.Abs(differences[order[end]]) == Math.Abs(differences[order[first]]); end++)
            {
            }

            double together = end - first;
            ties += together * ((together * together) - 1);
            for (var i = first; i < end; i++)
                ranks[order[i]] = first + 1 + end;
        }

        var isPlain = ties == 0 && !differences.Contains(0);
        return n <= (isPlain ? LargestExact : LargestExactWithTies) ? Exact(differences, ranks) : Approximate(differences, ranks, ties);
    }

    // Zeros weigh the same whatever the signs of the others: they cancel out.
    private static double Exact(IReadOnlyList<double> differences, int[] ranks)
    {
        var (observed, total) = (0, 0);
        // By twice the rank sum: how many of the signs dealt out so far give it. Below 2^53 a double counts exactly.
        var ways = new double[ranks.Sum() + 1];
        ways[0] = 1;
        var nonzero = 0;
        for (var i = 0; i < ranks.Length; i++)
        {
            if (differences[i] == 0)
                continue;
            nonzero++;
            observed += differences[i] > 0 ? ranks[i] : 0;
            for (var sum = total; sum >= 0; sum--)
                ways[sum + ranks[i]] += ways[sum];
            total += ranks[i];
        }

        var asLarge = 0.0;
        for (var sum = observed; sum <= total; sum++)
            asLarge += ways[sum];
        return Math.ScaleB(asLarge, -nonzero);
    }

    private static double Approximate(IReadOnlyList<double> differences, int[] ranks, double ties)
    {
        double n = ranks.Length;
        var sum = 0.0;
        for (var i = 0; i < ranks.Length; i++)
            sum += ranks[i] * (differences[i] > 0 ? 0.5 : differences[i] == 0 ? 0.25 : 0);
        var variance = ((n * (n + 1) * ((2 * n) + 1)) - (0.5 * ties)) / 24;
        return Normal.UpperTail((sum - (n * (n + 1) * 0.25)) / Math.Sqrt(variance));
    }
}
