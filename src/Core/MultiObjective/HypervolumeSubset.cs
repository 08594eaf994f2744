namespace Optuna.MultiObjective;

/// <summary>Of points, so many that together dominate as much as possible: the hypervolume subset selection problem.</summary>
/// <remarks>
/// Greedily, which reaches at least 1 − 1/e of the best (Guerreiro et al. 2016). What a point would add only falls as others are
/// chosen, so a point whose last known gain is below the best found in this round is not measured again. Two losses need no
/// measuring at all: a choice changes its neighbours' rectangles and no others. Of equal points all but the first come last.
/// </remarks>
internal static class HypervolumeSubset
{
    /// <summary>The rows of <paramref name="size"/> points, in the order they were chosen.</summary>
    /// <param name="points">Two losses or more.</param>
    /// <param name="size">At most the number of points.</param>
    /// <param name="reference">At or above every loss. Where it is infinite any points are as good: the lexicographically first.</param>
    internal static int[] Of(in PointSet points, int size, ReadOnlySpan<double> reference)
    {
        var count = points.Count;
        if (size == count)
            return [.. Enumerable.Range(0, count)];
        var unique = points.UniqueOrder();
        if (unique.Length < size)
            return WithDuplicates(unique, size, count);
        foreach (var r in reference)
        {
            if (!double.IsFinite(r))
                return unique[..size];
        }

        if (unique.Length == size)
            return unique;
        var sorted = points.Take(unique);
        var chosen = points.Dimensions == 2 ? Pairs(sorted, size, reference) : Any(sorted, size, reference);
        return Array.ConvertAll(chosen, i => unique[i]);
    }

    /// <summary>
    /// Optuna's reference point for a set of points: a tenth beyond the worst loss of each objective, and never 0.
    /// </summary>
    internal static double[] Reference(in PointSet points)
    {
        var reference = new double[points.Dimensions];
        for (var k = 0; k < reference.Length; k++)
        {
            var worst = double.NegativeInfinity;
            for (var i = 0; i < points.Count; i++)
                worst = Math.Max(worst, points[i][k]);
            var r = Math.Max(1.1 * worst, 0.9 * worst);
            reference[k] = r == 0 ? 1e-12 : r;
        }

        return reference;
    }

    private static int[] WithDuplicates(int[] unique, int size, int count)
    {
        var chosen = new bool[count];
        foreach (var row in unique)
            chosen[row] = true;
        var left = size - unique.Length;
        for (var row = 0; row < count && left > 0; row++)
        {
            if (chosen[row])
                continue;
            chosen[row] = true;
            left--;
        }

        return [.. Enumerable.Range(0, count).Where(row => chosen[row])];
    }

    // Every point has the rectangle that it alone would dominate, from itself to a corner.
    private static int[] Pairs(in PointSet sorted, int size, ReadOnlySpan<double> reference)
    {
        var n = sorted.Count;
        var (right, top) = (new double[n], new double[n]);
        right.AsSpan().Fill(reference[0]);
        top.AsSpan().Fill(reference[1]);
        var taken = new bool[n];
        var chosen = new int[size];
        for (var round = 0; round < size; round++)
        {
            var (best, most) = (-1, double.NegativeInfinity);
            for (var i = 0; i < n; i++)
            {
                if (taken[i])
                    continue;
                var gain = (right[i] - sorted[i][0]) * (top[i] - sorted[i][1]);
                // NumPy's argmax stops at the first NaN, which is 0 · ∞.
                if (double.IsNaN(gain))
                {
                    best = i;
                    break;
                }

                if (best < 0 || gain > most)
                    (best, most) = (i, gain);
            }

            (taken[best], chosen[round]) = (true, best);
            for (var i = 0; i < best; i++)
                right[i] = Math.Min(right[i], sorted[best][0]);
            for (var i = best + 1; i < n; i++)
                top[i] = Math.Min(top[i], sorted[best][1]);
        }

        return chosen;
    }

    private static int[] Any(in PointSet sorted, int size, ReadOnlySpan<double> reference)
    {
        var n = sorted.Count;
        var bound = new double[n];
        var infinite = new bool[n];
        for (var i = 0; i < n; i++)
        {
            bound[i] = Box(sorted[i], reference);
            infinite[i] = !double.IsFinite(bound[i]);
            if (infinite[i])
                bound[i] = double.PositiveInfinity;
        }

        var volume = new DominatedVolume(reference);
        var left = Enumerable.Range(0, n).ToList();
        var chosen = new int[size];
        for (var round = 0; round < size; round++)
        {
            var best = 0;
            for (var i = 1; i < left.Count; i++)
            {
                if (bound[left[i]] > bound[left[best]])
                    best = i;
            }

            var row = chosen[round] = left[best];
            left.RemoveAt(best);
            if (round == size - 1)
                break;
            if (infinite[row])
            {
                // Nothing adds to infinity: the rest as they come.
                left.CopyTo(0, chosen, round + 1, size - round - 1);
                break;
            }

            volume.Add(sorted[row]);
            Tighten(sorted, left, sorted[row], bound, infinite, volume, reference);
        }

        return chosen;
    }

    // Brings down what the points left would add, the most promising first, until none can exceed the best measured.
    private static void Tighten(
        in PointSet sorted, List<int> left, ReadOnlySpan<double> latest, double[] bound, bool[] infinite, DominatedVolume volume,
        ReadOnlySpan<double> reference)
    {
        foreach (var i in left)
        {
            if (!infinite[i])
                bound[i] = Math.Min(bound[i], Box(sorted[i], reference) - Shared(sorted[i], latest, reference));
        }

        var most = 0.0;
        foreach (var i in left)
            most = infinite[i] ? double.PositiveInfinity : most;

        // Those that could still exceed it, which become fewer with each that is measured.
        var (could, rows, count) = (new double[left.Count], new int[left.Count], 0);
        foreach (var i in left)
        {
            if (!infinite[i])
                (could[count], rows[count++]) = (bound[i], i);
        }

        while (true)
        {
            var (kept, best) = (0, -1);
            for (var c = 0; c < count; c++)
            {
                if (!(could[c] >= most))
                    continue;
                (could[kept], rows[kept]) = (could[c], rows[c]);
                if (best < 0 || could[kept] > could[best])
                    best = kept;
                kept++;
            }

            if (best < 0)
                return;
            count = kept;
            var gain = bound[rows[best]] = volume.Gain(sorted[rows[best]]);
            could[best] = double.NegativeInfinity;
            most = Math.Max(most, gain);
        }
    }

    private static double Box(ReadOnlySpan<double> point, ReadOnlySpan<double> reference)
    {
        var box = 1.0;
        for (var k = 0; k < point.Length; k++)
            box *= reference[k] - point[k];
        return box;
    }

    private static double Shared(ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> reference)
    {
        var box = 1.0;
        for (var k = 0; k < a.Length; k++)
            box *= reference[k] - Math.Max(a[k], b[k]);
        return box;
    }
}
