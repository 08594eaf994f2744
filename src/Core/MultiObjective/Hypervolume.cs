namespace Optuna.MultiObjective;

/// <summary>The hypervolume that loss vectors dominate up to a reference point: the larger, the better and the wider the front.</summary>
/// <remarks>Exact: a sweep for two losses and for three, and for more While et al. 2012 with slices (<see cref="DominatedVolume"/>).</remarks>
public static class Hypervolume
{
    /// <param name="losses">Vectors, smaller being better; dominated and equal ones may be among them.</param>
    /// <param name="referencePoint">At or above every loss.</param>
    /// <returns>0 without vectors; ∞ where the reference point or a loss is infinite.</returns>
    /// <exception cref="ArgumentException">The reference point is empty or has NaN, a vector has another length, or a loss is NaN or above the reference.</exception>
    public static double Of(IEnumerable<IReadOnlyList<double>> losses, IReadOnlyList<double> referencePoint)
    {
        ArgumentNullException.ThrowIfNull(losses);
        ArgumentNullException.ThrowIfNull(referencePoint);
        double[] reference = [.. referencePoint];
        if (reference.Length == 0 || reference.Any(double.IsNaN))
            throw new ArgumentException("The reference point must have a number for every objective.", nameof(referencePoint));
        var rows = new List<double>();
        foreach (var vector in losses)
        {
            if (vector.Count != reference.Length)
                throw new ArgumentException($"A loss vector has {vector.Count} numbers, but the reference point {reference.Length}.", nameof(losses));
            for (var k = 0; k < reference.Length; k++)
            {
                if (!(vector[k] <= reference[k]))
                    throw new ArgumentException($"The loss {vector[k]:R} of objective {k} is not at or below the reference point's {reference[k]:R}.", nameof(losses));
                rows.Add(vector[k]);
            }
        }

        return Of(new PointSet([.. rows], reference.Length), reference);
    }

    /// <summary>The same for points known to be at or below the reference.</summary>
    internal static double Of(in PointSet points, ReadOnlySpan<double> reference)
    {
        if (!IsFinite(reference))
            return double.PositiveInfinity;
        if (points.Count == 0)
            return 0;
        for (var i = 0; i < points.Count; i++)
        {
            if (!IsFinite(points[i]))
                return double.PositiveInfinity;
        }

        var last = new double[points.Count];
        var order = new int[points.Count];
        for (var i = 0; i < order.Length; i++)
            (order[i], last[i]) = (i, points[i][^1]);
        Array.Sort(last, order);
        return OfSorted(points, order, reference);
    }

    private static double OfSorted(in PointSet points, int[] order, ReadOnlySpan<double> reference)
    {
        if (reference.Length == 1)
            return reference[0] - points[order[0]][0];
        if (reference.Length > 2)
            return new DominatedVolume(reference).OfSorted(points.Take(order).All);
        var (volume, left) = (0.0, reference[0]);
        foreach (var row in order)
        {
            var (x, y) = (points[row][0], points[row][1]);
            if (x >= left)
                continue;
            volume += (left - x) * (reference[1] - y);
            left = x;
        }

        return volume;
    }

    private static bool IsFinite(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (!double.IsFinite(value))
                return false;
        }

        return true;
    }
}
