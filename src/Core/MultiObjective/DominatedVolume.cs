namespace Optuna.MultiObjective;

/// <summary>
/// The volume that points dominate up to a reference point, kept up as points come: what each adds is what it dominates alone.
/// </summary>
/// <remarks>
/// <para>While et al. 2012 (WFG): what a point p adds to a set S is its own box without what the points max(p, s) for s in S dominate
/// within it. That is a smaller set, most of it hidden by the rest, and is measured by cutting it along its last loss: sorted by
/// that, each point dominates what it adds in the other losses from its own last loss up to the reference.</para>
/// <para>Every number of losses has arrays of its own, used again and again, and two losses are a <see cref="Staircase"/>.
/// O(n log n) for each point of three losses. Not thread-safe.</para>
/// </remarks>
internal sealed class DominatedVolume
{
    private readonly int _m;
    private readonly double[] _reference;
    private readonly Staircase? _stairs;
    private readonly DominatedVolume? _below;
    private double[] _points = [];
    private double[] _limited = [];
    private int _count;

    /// <param name="reference">Finite; one number per loss, two losses or more.</param>
    internal DominatedVolume(ReadOnlySpan<double> reference)
    {
        _m = reference.Length;
        _reference = reference.ToArray();
        if (_m == 2)
            _stairs = new Staircase();
        else
            _below = new DominatedVolume(reference[..^1]);
    }

    internal void Clear()
    {
        _count = 0;
        _stairs?.Clear();
    }

    /// <summary>Takes in a point at or below the reference point in every loss.</summary>
    /// <returns>The volume it adds.</returns>
    internal double Add(ReadOnlySpan<double> point)
    {
        if (_stairs is not null)
            return _stairs.Add(point[0], point[1], _reference[0], _reference[1]);
        var added = Gain(point);
        if (added > 0)
            Insert(point);
        return added;
    }

    /// <summary>The volume a point would add, for three losses or more; 0 when others dominate it.</summary>
    internal double Gain(ReadOnlySpan<double> point)
    {
        for (var i = 0; i < _count; i++)
        {
            if (Domination.Covers(Row(i), point))
                return 0;
        }

        return _count == 0 ? Box(point) : Math.Max(0, Box(point) - OfSorted(Limited(point)));
    }

    /// <summary>The volume dominated by points, row by row, that are sorted by their last loss; apart from what was taken in.</summary>
    internal double OfSorted(ReadOnlySpan<double> points)
    {
        var below = _below!;
        below.Clear();
        var volume = 0.0;
        for (var at = 0; at < points.Length; at += _m)
            volume += (_reference[_m - 1] - points[at + _m - 1]) * below.Add(points.Slice(at, _m - 1));
        return volume;
    }

    private double Box(ReadOnlySpan<double> point)
    {
        var box = 1.0;
        for (var k = 0; k < _m; k++)
            box *= _reference[k] - point[k];
        return box;
    }

    // What the points taken in dominate within a point's own box. Sorted by the last loss they were, and still are.
    private ReadOnlySpan<double> Limited(ReadOnlySpan<double> point)
    {
        var limited = _limited.AsSpan(0, _count * _m);
        for (var at = 0; at < limited.Length; at += _m)
        {
            for (var k = 0; k < _m; k++)
                limited[at + k] = Math.Max(_points[at + k], point[k]);
        }

        return limited;
    }

    private void Insert(ReadOnlySpan<double> point)
    {
        var kept = 0;
        var at = 0;
        for (var i = 0; i < _count; i++)
        {
            if (Domination.Covers(point, Row(i)))
                continue;
            if (kept < i)
                Row(i).CopyTo(Row(kept));
            if (Row(kept)[^1] <= point[^1])
                at = kept + 1;
            kept++;
        }

        _count = kept + 1;
        if (_count * _m > _points.Length)
        {
            Array.Resize(ref _points, 2 * _count * _m);
            _limited = new double[_points.Length];
        }

        Array.Copy(_points, at * _m, _points, (at + 1) * _m, (kept - at) * _m);
        point.CopyTo(Row(at));
    }

    private Span<double> Row(int i) => _points.AsSpan(i * _m, _m);
}
