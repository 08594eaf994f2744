namespace Optuna.MultiObjective;

/// <summary>The rank of every point: 0 for those that none dominates, and so on for what is left without them. Equal points share a rank.</summary>
/// <remarks>
/// Zhang et al. 2015 (efficient non-dominated sort, with binary search): in lexicographic order a point can be dominated only by one
/// before it, and one that rank k dominates is dominated by every rank before k.
/// </remarks>
internal static class NonDominatedRanks
{
    /// <summary>Ranks by losses alone, row by row.</summary>
    internal static int[] Of(in PointSet points)
    {
        var ranks = new int[points.Count];
        if (points.Count == 0)
            return ranks;
        var order = points.LexicalOrder();
        switch (points.Dimensions)
        {
            case 1: RankByValue(points, order, ranks); break;
            case 2: RankPairs(points, order, ranks); break;
            default: RankAny(points, order, ranks); break;
        }

        return ranks;
    }

    /// <summary>Ranks by constrained domination: feasible points by their losses, then infeasible ones by how much they violate.</summary>
    /// <param name="points">Rows.</param>
    /// <param name="violations">By row, the sum of the positive constraint values; NaN without constraints, which counts as 0.</param>
    internal static int[] Of(in PointSet points, ReadOnlySpan<double> violations)
    {
        var feasible = new List<int>(points.Count);
        var infeasible = new List<int>();
        for (var i = 0; i < points.Count; i++)
            (violations[i] > 0 ? infeasible : feasible).Add(i);
        if (infeasible.Count == 0)
            return Of(points);

        var ranks = new int[points.Count];
        var next = 0;
        var among = Of(points.Take(feasible.ToArray()));
        for (var i = 0; i < among.Length; i++)
        {
            ranks[feasible[i]] = among[i];
            next = Math.Max(next, among[i] + 1);
        }

        var excess = new double[infeasible.Count];
        for (var i = 0; i < excess.Length; i++)
            excess[i] = violations[infeasible[i]];
        among = Of(new PointSet(excess, 1));
        for (var i = 0; i < among.Length; i++)
            ranks[infeasible[i]] = next + among[i];
        return ranks;
    }

    private static void RankByValue(in PointSet points, int[] order, int[] ranks)
    {
        for (var i = 1; i < order.Length; i++)
            ranks[order[i]] = ranks[order[i - 1]] + (points[order[i]][0] == points[order[i - 1]][0] ? 0 : 1);
    }

    // The lowest second loss of each rank so far says all: whatever came before is not worse in the first.
    private static void RankPairs(in PointSet points, int[] order, int[] ranks)
    {
        var lowest = new List<double>();
        for (var i = 0; i < order.Length; i++)
        {
            var row = order[i];
            if (i > 0 && points[row].SequenceEqual(points[order[i - 1]]))
            {
                ranks[row] = ranks[order[i - 1]];
                continue;
            }

            var second = points[row][1];
            var (rank, high) = (0, lowest.Count);
            while (rank < high)
            {
                var middle = (rank + high) >>> 1;
                if (lowest[middle] <= second)
                    rank = middle + 1;
                else
                    high = middle;
            }

            ranks[row] = rank;
            if (rank == lowest.Count)
                lowest.Add(second);
            else
                lowest[rank] = second;
        }
    }

    private static void RankAny(in PointSet points, int[] order, int[] ranks)
    {
        var fronts = new List<List<int>>();
        for (var i = 0; i < order.Length; i++)
        {
            var row = order[i];
            if (i > 0 && points[row].SequenceEqual(points[order[i - 1]]))
            {
                ranks[row] = ranks[order[i - 1]];
                continue;
            }

            var (rank, high) = (0, fronts.Count);
            while (rank < high)
            {
                var middle = (rank + high) >>> 1;
                if (IsDominated(points, row, fronts[middle]))
                    rank = middle + 1;
                else
                    high = middle;
            }

            ranks[row] = rank;
            if (rank == fronts.Count)
                fronts.Add([]);
            fronts[rank].Add(row);
        }
    }

    // The latest members are the nearest, and the likeliest to dominate. No two are equal here.
    private static bool IsDominated(in PointSet points, int row, List<int> front)
    {
        for (var i = front.Count - 1; i >= 0; i--)
        {
            if (Domination.Covers(points[front[i]][1..], points[row][1..]))
                return true;
        }

        return false;
    }
}
