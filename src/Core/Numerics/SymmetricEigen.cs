namespace Optuna.Numerics;

/// <summary>
/// Eigenvalues and eigenvectors of real symmetric matrices of one size: Householder's reduction to a tridiagonal matrix, then
/// implicitly shifted QL sweeps (QR ones when the matrix is graded the other way), Golub and Van Loan, "Matrix Computations", §8.3.
/// </summary>
/// <remarks>
/// Signs of reflections and rotations, shifts, convergence tests and the final order are those of LAPACK's dsytrd and dsteqr, so
/// that eigenvectors have the signs NumPy's <c>eigh</c> gives them up to order 25. Sums run in four lanes and nothing is fused: the
/// result is the same on every machine. Keeps its buffers: not thread-safe, no allocation per call.
/// </remarks>
internal sealed class SymmetricEigen
{
    private const double Epsilon = 1.1102230246251565e-16;
    private const double SafeMinimum = 2.2250738585072014e-308;
    private const int SweepsPerValue = 30;

    // The scaled matrix overflows nowhere, but below this a square has lost digits.
    private const double TooSmallToSquare = 1e-280;

    private readonly int _n;
    private readonly double[] _a;
    private readonly double[] _e;
    private readonly double[] _tau;
    private readonly double[] _v;
    private readonly double[] _w;

    internal SymmetricEigen(int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(n);
        _n = n;
        (_a, _v) = (new double[n * n], new double[n * n]);
        _e = new double[n];
        _tau = new double[n];
        _w = new double[n];
    }

    /// <param name="matrix">n × n by rows; only the lower triangle is read.</param>
    /// <param name="values">n eigenvalues, ascending.</param>
    /// <param name="vectors">n × n: row k is the unit eigenvector of value k.</param>
    /// <exception cref="ArgumentException">An element is not finite.</exception>
    internal void Decompose(ReadOnlySpan<double> matrix, Span<double> values, Span<double> vectors)
    {
        var largest = 0.0;
        for (var i = 0; i < _n; i++)
            for (var j = 0; j <= i; j++)
            {
                var size = Math.Abs(matrix[(i * _n) + j]);
                if (!double.IsFinite(size))
                    throw new ArgumentException($"A matrix to decompose must be finite, but element ({i}, {j}) is {matrix[(i * _n) + j]:R}.", nameof(matrix));
                largest = Math.Max(largest, size);
            }

        // A power of two changes no digit, and keeps squares from over- and underflowing.
        var scale = largest == 0 ? 0 : -Math.ILogB(largest);
        for (var i = 0; i < _n; i++)
            for (var j = 0; j <= i; j++)
                _a[(i * _n) + j] = Math.ScaleB(matrix[(i * _n) + j], scale);

        Tridiagonalise(values);
        Identity(vectors);
        Diagonalise(values, vectors);
        BackTransform(vectors);
        Sort(values, vectors);
        foreach (ref var value in values[.._n])
            value = Math.ScaleB(value, -scale);
    }

    // A = Q T Qᵀ with Q = H₀ H₁ …, Hₖ = I − τ v vᵀ; row k of _v keeps v, whose components before k + 1 are 0 and are not stored.
    private void Tridiagonalise(Span<double> d)
    {
        var n = _n;
        for (var k = 0; k < n - 1; k++)
        {
            var v = _v.AsSpan((k * n) + k + 1, n - k - 1);
            for (var i = 0; i < v.Length; i++)
                v[i] = _a[((i + k + 1) * n) + k];
            var alpha = v[0];
            var below = FourLanes.Dot(v[1..], v[1..]);
            (_tau[k], _e[k], d[k]) = (0, alpha, _a[(k * n) + k]);
            if (below == 0)
                continue;
            var beta = -Math.CopySign(Math.Sqrt((alpha * alpha) + below), alpha);
            var inverse = 1 / (alpha - beta);
            foreach (ref var x in v[1..])
                x *= inverse;
            v[0] = 1;
            (_tau[k], _e[k]) = ((beta - alpha) / beta, beta);
            Reflect(k + 1, _tau[k], v);
        }

        d[n - 1] = _a[(n * n) - 1];
    }

    // A := H A H on the rows and columns from `first`: A − v wᵀ − w vᵀ, w = τ A v − ½ τ² (vᵀ A v) v. Only the lower triangle is kept.
    private void Reflect(int first, double tau, ReadOnlySpan<double> v)
    {
        var w = _w.AsSpan(0, v.Length);
        for (var i = 0; i < v.Length; i++)
        {
            var row = _a.AsSpan(((i + first) * _n) + first, i + 1);
            w[i] = FourLanes.Dot(row, v);
            FourLanes.Add(w, v[i], row[..i]);
        }

        foreach (ref var x in w)
            x *= tau;
        FourLanes.Add(w, -0.5 * tau * FourLanes.Dot(w, v), v);
        for (var i = 0; i < v.Length; i++)
        {
            var row = _a.AsSpan(((i + first) * _n) + first, i + 1);
            FourLanes.Add(row, -v[i], w[..(i + 1)]);
            FourLanes.Add(row, -w[i], v[..(i + 1)]);
        }
    }

    private void Identity(Span<double> vectors)
    {
        vectors[..(_n * _n)].Clear();
        for (var i = 0; i < _n; i++)
            vectors[(i * _n) + i] = 1;
    }

    private void Diagonalise(Span<double> d, Span<double> vectors)
    {
        var budget = SweepsPerValue * _n;
        var high = 0;
        for (var low = 0; low < _n; low = high + 1)
        {
            // The next block that does not fall apart.
            high = low;
            while (high < _n - 1 && Math.Abs(_e[high]) > Math.Sqrt(Math.Abs(d[high])) * Math.Sqrt(Math.Abs(d[high + 1])) * Epsilon)
                high++;
            if (high < _n - 1)
                _e[high] = 0;

            // The smaller end is deflated first: that keeps the small eigenvalues of a graded matrix accurate.
            var (from, to) = Math.Abs(d[high]) < Math.Abs(d[low]) ? (high, low) : (low, high);
            Deflate(d, vectors, from, to, ref budget);
        }
    }

    // Sweeps from `to` towards `from` until every eigenvalue of the block stands; upwards it is QL, downwards QR.
    private void Deflate(Span<double> d, Span<double> vectors, int from, int to, ref int budget)
    {
        var e = _e;
        var step = from < to ? 1 : -1;
        var l = from;
        while (step > 0 ? l <= to : l >= to)
        {
            var m = l;
            while (m != to)
            {
                var coupling = e[Edge(m, step)];
                if (coupling * coupling <= (Epsilon * Epsilon * Math.Abs(d[m]) * Math.Abs(d[m + step])) + SafeMinimum)
                    break;
                m += step;
            }

            if (m != to)
                e[Edge(m, step)] = 0;
            if (m == l)
            {
                l += step;
            }
            else if (m == l + step)
            {
                SolvePair(d, vectors, Math.Min(l, m));
                l += 2 * step;
            }
            else
            {
                if (budget-- == 0)
                    throw new InvalidOperationException($"No eigenvalues found after {SweepsPerValue} sweeps for each of {_n}.");
                Sweep(d, vectors, l, m, step);
            }
        }
    }

    private static int Edge(int k, int step) => step > 0 ? k : k - 1;

    private void Sweep(Span<double> d, Span<double> vectors, int l, int m, int step)
    {
        var e = _e;
        var edge = e[Edge(l, step)];
        var g = (d[l + step] - d[l]) / (2 * edge);
        g = d[m] - d[l] + (edge / (g + Math.CopySign(Hypotenuse(g, 1), g)));
        var (c, s, p) = (1.0, 1.0, 0.0);
        for (var i = m - step; ; i -= step)
        {
            var next = i + step;
            var f = s * e[Edge(i, step)];
            var b = c * e[Edge(i, step)];
            (c, s, var r) = Rotation(g, f);
            if (next != m)
                e[Edge(next, step)] = r;
            g = d[next] - p;
            r = ((d[i] - g) * s) + (2 * c * b);
            p = s * r;
            d[next] = g + p;
            g = (c * r) - b;
            FourLanes.Rotate(vectors.Slice(next * _n, _n), vectors.Slice(i * _n, _n), c, s);
            if (i == l)
                break;
        }

        d[l] -= p;
        e[Edge(l, step)] = g;
    }

    // Eigenvalues of ((a, b), (b, c)), the larger in magnitude first.
    private void SolvePair(Span<double> d, Span<double> vectors, int k)
    {
        var (a, b, c) = (d[k], _e[k], d[k + 1]);
        var (sum, difference, twice) = (a + c, a - c, b + b);
        var root = Hypotenuse(difference, twice);
        var (larger, smaller) = Math.Abs(a) > Math.Abs(c) ? (a, c) : (c, a);
        var positive = sum >= 0;
        var first = sum == 0 ? 0.5 * root : 0.5 * (sum + (positive ? root : -root));
        var second = sum == 0 ? -0.5 * root : ((larger / first) * smaller) - ((b / first) * b);

        var cs = difference + (difference >= 0 ? root : -root);
        double cosine, sine;
        if (Math.Abs(cs) > Math.Abs(twice))
        {
            var cotangent = -twice / cs;
            sine = 1 / Math.Sqrt(1 + (cotangent * cotangent));
            cosine = cotangent * sine;
        }
        else if (twice == 0)
        {
            (cosine, sine) = (1, 0);
        }
        else
        {
            var tangent = -cs / twice;
            cosine = 1 / Math.Sqrt(1 + (tangent * tangent));
            sine = tangent * cosine;
        }

        if (positive == (difference >= 0))
            (cosine, sine) = (-sine, cosine);
        (d[k], d[k + 1], _e[k]) = (first, second, 0);
        FourLanes.Rotate(vectors.Slice(k * _n, _n), vectors.Slice((k + 1) * _n, _n), cosine, sine);
    }

    // (c, s) with c f + s g = r and c g = s f.
    private static (double C, double S, double R) Rotation(double f, double g)
    {
        if (g == 0)
            return (1, 0, f);
        if (f == 0)
            return (0, Math.CopySign(1, g), Math.Abs(g));
        var square = (f * f) + (g * g);
        var length = square > TooSmallToSquare ? Math.Sqrt(square) : Hypotenuse(f, g);
        var inverse = 1 / Math.CopySign(length, f);
        return (f * inverse, g * inverse, Math.CopySign(length, f));
    }

    private static double Hypotenuse(double x, double y)
    {
        var (large, small) = (Math.Max(Math.Abs(x), Math.Abs(y)), Math.Min(Math.Abs(x), Math.Abs(y)));
        if (small == 0)
            return large;
        var ratio = small / large;
        return large * Math.Sqrt(1 + (ratio * ratio));
    }

    // Eigenvectors of A are Q z.
    private void BackTransform(Span<double> vectors)
    {
        for (var k = _n - 2; k >= 0; k--)
        {
            if (_tau[k] == 0)
                continue;
            var v = _v.AsSpan((k * _n) + k + 1, _n - k - 1);
            for (var row = 0; row < _n; row++)
            {
                var z = vectors.Slice((row * _n) + k + 1, v.Length);
                FourLanes.Add(z, -_tau[k] * FourLanes.Dot(v, z), v);
            }
        }
    }

    private void Sort(Span<double> values, Span<double> vectors)
    {
        for (var i = 0; i < _n - 1; i++)
        {
            var least = i;
            for (var j = i + 1; j < _n; j++)
                if (values[j] < values[least])
                    least = j;
            if (least == i)
                continue;
            (values[i], values[least]) = (values[least], values[i]);
            for (var k = 0; k < _n; k++)
                (vectors[(i * _n) + k], vectors[(least * _n) + k]) = (vectors[(least * _n) + k], vectors[(i * _n) + k]);
        }
    }
}
