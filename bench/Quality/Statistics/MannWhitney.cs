using MathNet.Numerics;

namespace Optuna.Bench.Quality.Statistics;

/// <summary>The two-sided test of Mann and Whitney (1947): are values of one sample as often above as below those of another?</summary>
/// <param name="U">How many pairs the first sample wins by being larger; a tie counts half.</param>
/// <param name="PValue">How likely so uneven a count is when both samples are alike.</param>
internal readonly record struct MannWhitney(double U, double PValue)
{
    // Up to this size the distribution is counted; beyond it, and with ties, the normal one is near enough.
    private const int MostCounted = 30;

    /// <param name="first">No NaN; infinities are numbers like others.</param>
    public static MannWhitney Test(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        var (m, n) = (first.Count, second.Count);
        if (m == 0 || n == 0)
            throw new ArgumentException($"Both samples must have values; they have {m} and {n}.");
        var (rankSum, ties) = RankSum(first, second);
        var u = rankSum - (m * (m + 1) / 2.0);
        var larger = Math.Max(u, ((double)m * n) - u);
        var p = ties == 0 && m <= MostCounted && n <= MostCounted ? Counted((int)larger, m, n) : Approximated(larger, m, n, ties);
        return new MannWhitney(u, Math.Min(1, p));
    }

    /// <summary>The first sample's ranks in the joint order, ties sharing theirs, and Σ t³ − t over the groups of t equal values.</summary>
    private static (double Sum, double Ties) RankSum(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        var all = first.Select(v => (Value: v, IsFirst: true)).Concat(second.Select(v => (Value: v, IsFirst: false)))
            .OrderBy(v => v.Value).ToArray();
        var (sum, ties) = (0.0, 0.0);
        for (var start = 0; start < all.Length;)
        {
            var end = start + 1;
            while (end < all.Length && all[end].Value == all[start].Value)
                end++;
            double count = end - start;
            sum += (start + 1 + end) / 2.0 * all.AsSpan(start, end - start).ToArray().Count(v => v.IsFirst);
            ties += (count * count * count) - count;
            start = end;
        }

        return (sum, ties);
    }

    // Of all ways to give m of the m + n ranks to the first sample, twice the share of those with at least this U.
    private static double Counted(int u, int m, int n)
    {
        // ways[k, s]: to choose k of the ranks 0 … r − 1 such that the pairs won add up to s.
        var most = m * n;
        var ways = new double[m + 1, most + 1];
        ways[0, 0] = 1;
        for (var rank = 0; rank < m + n; rank++)
        {
            for (var k = Math.Min(m, rank + 1); k >= 1; k--)
            {
                // The k-th chosen of the ranks so far, this one, beats all the others below it: rank − (k − 1).
                var won = rank - (k - 1);
                for (var s = most; s >= won; s--)
                    ways[k, s] += ways[k - 1, s - won];
            }
        }

        var (total, tail) = (0.0, 0.0);
        for (var s = 0; s <= most; s++)
        {
            total += ways[m, s];
            if (s >= u)
                tail += ways[m, s];
        }

        return 2 * tail / total;
    }

    private static double Approximated(double u, double m, double n, double ties)
    {
        var all = m + n;
        var deviation = Math.Sqrt(m * n / 12 * (all + 1 - (ties / (all * (all - 1)))));
        // All values are equal.
        if (deviation == 0)
            return 1;
        var z = (u - (m * n / 2) - 0.5) / deviation;
        return SpecialFunctions.Erfc(z / Math.Sqrt(2));
    }
}
