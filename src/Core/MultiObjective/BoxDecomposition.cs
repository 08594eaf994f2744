using System.Runtime.InteropServices;

namespace Optuna.MultiObjective;

/// <summary>
/// The part of the space below a reference point that no point of a front dominates, cut into boxes that do not overlap: what a new
/// point adds to the hypervolume is the sum of what it dominates of each.
/// </summary>
/// <remarks>
/// Lacour, Klamroth and Fonseca 2017 (arXiv 1510.01963), algorithm 2 and equation 2, applied twice as in Daulton et al. 2020
/// (arXiv 2006.05078): the upper bounds of what the front leaves free are, turned round, the points whose dominated part is what is
/// wanted. Box b has losses up to <c>Uppers[b·m + k]</c> and reaches down by <c>Widths[b·m + k]</c>, which may be ∞. Two losses or more; slow beyond four.
/// </remarks>
internal sealed class BoxDecomposition
{
    private readonly int _m;
    private readonly List<double> _uppers = [];
    private readonly List<double> _widths = [];

    /// <param name="points">Any finite points; those not below the reference in every loss are left out.</param>
    /// <param name="reference">Finite.</param>
    internal BoxDecomposition(in PointSet points, ReadOnlySpan<double> reference)
    {
        _m = reference.Length;
        var below = new List<int>();
        for (var i = 0; i < points.Count; i++)
        {
            if (IsBelow(points[i], reference))
                below.Add(i);
        }

        var candidates = points.Take(CollectionsMarshal.AsSpan(below));
        var front = candidates.Take(CollectionsMarshal.AsSpan(NonDominated.Rows(candidates, unique: true)));
        var free = Bounds(front, reference);

        var turned = new double[free.Count * _m];
        for (var i = 0; i < free.Count; i++)
        {
            for (var k = 0; k < _m; k++)
                turned[(i * _m) + k] = -free[i].Upper[k];
        }

        var corners = new PointSet(turned, _m);
        corners = corners.Take(CollectionsMarshal.AsSpan(NonDominated.Rows(corners, unique: true)));
        var infinity = new double[_m];
        infinity.AsSpan().Fill(double.PositiveInfinity);
        foreach (var bound in Bounds(corners, infinity))
            Add(bound);
    }

    internal int Count => _uppers.Count / _m;

    internal ReadOnlySpan<double> Uppers => CollectionsMarshal.AsSpan(_uppers);

    internal ReadOnlySpan<double> Widths => CollectionsMarshal.AsSpan(_widths);

    // Turned back: what is from the defining points up to the bound there is from minus the bound up to minus the points here.
    private void Add(Bound bound)
    {
        Span<double> low = stackalloc double[_m];
        for (var k = 0; k < _m; k++)
        {
            low[k] = bound.Defining[0][k];
            for (var j = 1; j < k; j++)
                low[k] = Math.Max(low[k], bound.Defining[j][k]);
            if ((k == 0 ? double.PositiveInfinity : bound.Upper[k]) <= low[k])
                return;
        }

        for (var k = 0; k < _m; k++)
        {
            _uppers.Add(-low[k]);
            _widths.Add((k == 0 ? double.PositiveInfinity : bound.Upper[k]) - low[k]);
        }
    }

    // Algorithm 2. The points come in lexicographic order, so that a new one always bounds what it is below of in the first loss.
    private static List<Bound> Bounds(in PointSet front, ReadOnlySpan<double> reference)
    {
        var m = reference.Length;
        var first = new double[m][];
        for (var k = 0; k < m; k++)
        {
            first[k] = new double[m];
            first[k].AsSpan().Fill(double.NegativeInfinity);
            first[k][k] = reference[k];
        }

        List<Bound> bounds = [new(reference.ToArray(), first)];
        for (var i = 0; i < front.Count; i++)
        {
            var point = front[i].ToArray();
            var next = new List<Bound>(bounds.Count + m);
            var split = new List<Bound>();
            foreach (var bound in bounds)
                (IsBelow(point, bound.Upper) ? split : next).Add(bound);
            foreach (var bound in split)
            {
                for (var j = 0; j < m; j++)
                {
                    if (j == 0 || point[j] >= bound.Highest(j))
                        next.Add(bound.With(j, point));
                }
            }

            bounds = next;
        }

        return bounds;
    }

    private static bool IsBelow(ReadOnlySpan<double> point, ReadOnlySpan<double> bound)
    {
        for (var k = 0; k < point.Length; k++)
        {
            if (!(point[k] < bound[k]))
                return false;
        }

        return true;
    }

    /// <summary>A local upper bound and the points that define it, one per loss.</summary>
    private sealed record Bound(double[] Upper, double[][] Defining)
    {
        /// <summary>The greatest loss j of the points that define the other losses.</summary>
        internal double Highest(int j)
        {
            var highest = double.NegativeInfinity;
            for (var k = 0; k < Defining.Length; k++)
            {
                if (k != j)
                    highest = Math.Max(highest, Defining[k][j]);
            }

            return highest;
        }

        internal Bound With(int j, double[] point)
        {
            var (upper, defining) = ((double[])[.. Upper], (double[][])[.. Defining]);
            (upper[j], defining[j]) = (point[j], point);
            return new Bound(upper, defining);
        }
    }
}
