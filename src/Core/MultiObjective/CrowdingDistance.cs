namespace Optuna.MultiObjective;

/// <summary>How much room a point has among its like: Deb et al. 2002, with infinite values as Optuna has them.</summary>
internal static class CrowdingDistance
{
    /// <summary>Members by distance, the loneliest first; of equal ones the one that stands later in the order of the last objective.</summary>
    /// <param name="values">Objective values as they are, not turned into losses.</param>
    /// <param name="members">Rows; left in the new order.</param>
    internal static void Sort(in PointSet values, Span<int> members)
    {
        // Every sort starts from the order the one before left, and is stable, so that ties fall as they do there.
        var points = values;
        var distances = new double[values.Count];
        for (var k = 0; k < values.Dimensions; k++)
        {
            var objective = k;
            StableSort(members, row => points[row][objective]);
            AddTo(distances, values, members, k);
        }

        StableSort(members, row => distances[row]);
        members.Reverse();
    }

    // The gap between the two neighbours, where −∞ and ∞ stand beside the outermost, in widths of the finite values.
    private static void AddTo(double[] distances, in PointSet values, ReadOnlySpan<int> sorted, int k)
    {
        if (sorted.IsEmpty || values[sorted[0]][k] == values[sorted[^1]][k])
            return;
        var (least, greatest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var row in sorted)
        {
            var v = values[row][k];
            least = v == double.NegativeInfinity ? least : Math.Min(least, v);
            greatest = v == double.PositiveInfinity ? greatest : Math.Max(greatest, v);
        }

        var width = greatest - least;
        if (width <= 0)
            width = 1;
        for (var j = 0; j < sorted.Length; j++)
        {
            var below = j == 0 ? double.NegativeInfinity : values[sorted[j - 1]][k];
            var above = j == sorted.Length - 1 ? double.PositiveInfinity : values[sorted[j + 1]][k];
            distances[sorted[j]] += below == above ? 0 : (above - below) / width;
        }
    }

    private static void StableSort(Span<int> rows, Func<int, double> key)
    {
        var keyed = new (double Key, int Place, int Row)[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            keyed[i] = (key(rows[i]), i, rows[i]);
        Array.Sort(keyed, static (a, b) => a.Key.CompareTo(b.Key) is var c and not 0 ? c : a.Place.CompareTo(b.Place));
        for (var i = 0; i < rows.Length; i++)
            rows[i] = keyed[i].Row;
    }
}
