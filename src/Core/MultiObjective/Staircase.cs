namespace Optuna.MultiObjective;

/// <summary>The area that points of two losses dominate up to a reference point, kept up as points come.</summary>
/// <remarks>Holds the points that no other dominates, the first loss ascending and so the second falling.</remarks>
internal sealed class Staircase
{
    private double[] _x = new double[16];
    private double[] _y = new double[16];
    private int _count;

    internal void Clear() => _count = 0;

    /// <summary>Takes in a point at or below the reference point; the area it adds, 0 when others dominate it already.</summary>
    internal double Add(double x, double y, double referenceX, double referenceY)
    {
        var at = FirstNotBefore(x);
        if ((at > 0 && _y[at - 1] <= y) || (at < _count && _x[at] == x && _y[at] <= y))
            return 0;

        // From its own edge on, step by step over those it hides.
        var (area, left, top) = (0.0, x, at > 0 ? _y[at - 1] : referenceY);
        var end = at;
        for (; end < _count && _y[end] >= y; end++)
        {
            area += (_x[end] - left) * (top - y);
            (left, top) = (_x[end], _y[end]);
        }

        area += ((end < _count ? _x[end] : referenceX) - left) * (top - y);
        Replace(at, end, x, y);
        return area;
    }

    private int FirstNotBefore(double x)
    {
        var (low, high) = (0, _count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_x[middle] < x)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private void Replace(int start, int end, double x, double y)
    {
        var move = start + 1 - end;
        if (_count + move > _x.Length)
        {
            Array.Resize(ref _x, 2 * _x.Length);
            Array.Resize(ref _y, 2 * _y.Length);
        }

        if (move != 0)
        {
            Array.Copy(_x, end, _x, start + 1, _count - end);
            Array.Copy(_y, end, _y, start + 1, _count - end);
        }

        (_x[start], _y[start]) = (x, y);
        _count += move;
    }
}
