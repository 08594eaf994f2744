namespace Optuna.Numerics;

/// <summary>Linear equations in a handful of unknowns.</summary>
internal static class SmallSystem
{
    // The distance from 1 to the next double.
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>Whether the rows are independent, as NumPy's <c>matrix_rank</c> decides: no singular value within rounding of 0.</summary>
    /// <param name="rows">Square.</param>
    internal static bool HasFullRank(double[][] rows)
    {
        var n = rows.Length;
        foreach (var row in rows)
        {
            if (!row.All(double.IsFinite))
                return false;
        }

        var values = SingularValues([.. rows.Select(row => row.ToArray())]);
        return values.Min() > values.Max() * n * Epsilon;
    }

    /// <summary>x with rows · x = 1 in every row, by elimination with row exchanges.</summary>
    internal static double[] SolveForOnes(double[][] rows)
    {
        var n = rows.Length;
        double[][] a = [.. rows.Select(row => (double[])[.. row, 1.0])];
        for (var k = 0; k < n; k++)
        {
            var pivot = k;
            for (var i = k + 1; i < n; i++)
            {
                if (Math.Abs(a[i][k]) > Math.Abs(a[pivot][k]))
                    pivot = i;
            }

            (a[k], a[pivot]) = (a[pivot], a[k]);
            for (var i = k + 1; i < n; i++)
            {
                var factor = a[i][k] / a[k][k];
                for (var j = k; j <= n; j++)
                    a[i][j] -= factor * a[k][j];
            }
        }

        var x = new double[n];
        for (var k = n - 1; k >= 0; k--)
        {
            var sum = a[k][n];
            for (var j = k + 1; j < n; j++)
                sum -= a[k][j] * x[j];
            x[k] = sum / a[k][k];
        }

        return x;
    }

    // One-sided Jacobi (Hestenes 1958): rows are turned against one another until all stand at right angles; their lengths are the values.
    private static double[] SingularValues(double[][] rows)
    {
        const int sweeps = 60;
        var turned = true;
        for (var sweep = 0; sweep < sweeps && turned; sweep++)
        {
            turned = false;
            for (var p = 0; p < rows.Length; p++)
            {
                for (var q = p + 1; q < rows.Length; q++)
                    turned |= Turn(rows[p], rows[q]);
            }
        }

        return [.. rows.Select(row => Math.Sqrt(Dot(row, row)))];
    }

    private static bool Turn(double[] p, double[] q)
    {
        var (pp, qq, pq) = (Dot(p, p), Dot(q, q), Dot(p, q));
        if (Math.Abs(pq) <= 1e-16 * Math.Sqrt(pp * qq) || pq == 0)
            return false;
        var zeta = (qq - pp) / (2 * pq);
        var t = Math.CopySign(1, zeta) / (Math.Abs(zeta) + Math.Sqrt(1 + (zeta * zeta)));
        var c = 1 / Math.Sqrt(1 + (t * t));
        var s = c * t;
        for (var i = 0; i < p.Length; i++)
            (p[i], q[i]) = ((c * p[i]) - (s * q[i]), (s * p[i]) + (c * q[i]));
        return true;
    }

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
