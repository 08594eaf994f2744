namespace Optuna.Numerics.Minimizing;

/// <summary>Where the quadratic model of a function is least within bounds: the generalized Cauchy point, then the free variables on their own.</summary>
/// <remarks>Byrd, Lu, Nocedal and Zhu (1995), algorithm CP and the direct primal method of section 5.1; the projection of J. L. Morales and J. Nocedal (2011).</remarks>
internal sealed class BoundedDirection(int dimensions, int memory)
{
    private readonly double[] _breaks = new double[dimensions];
    private readonly int[] _order = new int[dimensions];
    private readonly double[] _along = new double[dimensions];
    private readonly double[] _reduced = new double[dimensions];
    private readonly bool[] _free = new bool[dimensions];
    private readonly double[] _p = new double[2 * memory];
    private readonly double[] _c = new double[2 * memory];
    private readonly double[] _w = new double[2 * memory];
    private readonly double[] _mw = new double[2 * memory];

    /// <summary>Writes the target point; x lies within the bounds.</summary>
    internal void Target(
        CompactHessian b, ReadOnlySpan<double> x, ReadOnlySpan<double> g, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper, Span<double> target)
    {
        CauchyPoint(b, x, g, lower, upper, target);
        if (b.Pairs > 0 && _free.AsSpan().Contains(true))
            Refine(b, x, g, lower, upper, target);
    }

    // Along −g, bent at every bound it meets, to the first local minimum of the model.
    private void CauchyPoint(
        CompactHessian b, ReadOnlySpan<double> x, ReadOnlySpan<double> g, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper, Span<double> target)
    {
        var (n, size, theta) = (x.Length, b.Size, b.Theta);
        var slope = 0.0;
        for (var i = 0; i < n; i++)
        {
            var room = g[i] < 0 ? x[i] - upper[i] : x[i] - lower[i];
            _breaks[i] = g[i] == 0 ? double.PositiveInfinity : room / g[i];
            _free[i] = _breaks[i] > 0;
            _along[i] = _free[i] ? -g[i] : 0;
            slope -= _along[i] * _along[i];
            target[i] = x[i];
            _order[i] = i;
        }

        _c.AsSpan(0, size).Clear();
        if (slope == 0)
            return;
        Array.Sort(_order, (i, j) => _breaks[i] != _breaks[j] ? _breaks[i].CompareTo(_breaks[j]) : i.CompareTo(j));
        var p = _p.AsSpan(0, size);
        var c = _c.AsSpan(0, size);
        var w = _w.AsSpan(0, size);
        var mw = _mw.AsSpan(0, size);
        b.Project(_along, _free, p);
        b.Multiply(p, mw);
        var curvature = (-theta * slope) - CompactHessian.Dot(p, mw);
        var least = 2.220446049250313e-16 * -theta * slope;
        curvature = Math.Max(curvature, least);
        var (t, left) = (0.0, -slope / curvature);
        foreach (var i in _order)
        {
            if (_breaks[i] <= 0)
                continue;
            var step = _breaks[i] - t;
            if (left < step)
                break;
            t = _breaks[i];
            target[i] = _along[i] > 0 ? upper[i] : lower[i];
            var z = target[i] - x[i];
            for (var k = 0; k < size; k++)
                c[k] += step * p[k];
            b.Row(i, w);
            b.Multiply(w, mw);
            slope += (step * curvature) + (g[i] * g[i]) + (theta * g[i] * z) - (g[i] * CompactHessian.Dot(mw, c));
            curvature -= (theta * g[i] * g[i]) + (2 * g[i] * CompactHessian.Dot(mw, p)) + (g[i] * g[i] * CompactHessian.Dot(mw, w));
            curvature = Math.Max(curvature, least);
            for (var k = 0; k < size; k++)
                p[k] += g[i] * w[k];
            (_along[i], _free[i]) = (0, false);
            left = -slope / curvature;
        }

        left = double.IsFinite(left) ? Math.Max(left, 0) : 0;
        for (var i = 0; i < n; i++)
        {
            if (_free[i])
                target[i] = x[i] + ((t + left) * _along[i]);
        }

        for (var k = 0; k < size; k++)
            c[k] += left * p[k];
    }

    private void Refine(
        CompactHessian b, ReadOnlySpan<double> x, ReadOnlySpan<double> g, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper, Span<double> target)
    {
        var (n, theta) = (x.Length, b.Theta);
        var v = _w.AsSpan(0, b.Size);
        var mc = _mw.AsSpan(0, b.Size);
        b.Multiply(_c, mc);
        for (var i = 0; i < n; i++)
            _reduced[i] = _free[i] ? g[i] + (theta * (target[i] - x[i])) - b.At(i, mc) : 0;
        b.Project(_reduced, _free, mc);
        b.Multiply(mc, v);
        if (!b.SolveReduced(_free, v))
            return;

        // Project the minimizer; if that is no descent, cut the way to it at the first bound.
        var (descent, cut) = (0.0, 1.0);
        for (var i = 0; i < n; i++)
        {
            var d = _free[i] ? -(_reduced[i] / theta) - (b.At(i, v) / (theta * theta)) : 0;
            _along[i] = d;
            descent += (Math.Clamp(target[i] + d, lower[i], upper[i]) - x[i]) * g[i];
            if (d > 0 && target[i] + d > upper[i])
                cut = Math.Min(cut, (upper[i] - target[i]) / d);
            else if (d < 0 && target[i] + d < lower[i])
                cut = Math.Min(cut, (lower[i] - target[i]) / d);
        }

        var share = descent <= 0 ? 1 : cut;
        for (var i = 0; i < n; i++)
            target[i] = Math.Clamp(target[i] + (share * _along[i]), lower[i], upper[i]);
    }
}
