namespace Optuna.Numerics.Minimizing;

/// <summary>Linear systems of a few unknowns by Gaussian elimination with row exchanges.</summary>
internal static class SmallMatrix
{
    /// <summary>Solves A X = B in place of B; A is destroyed. Both by rows.</summary>
    /// <returns>False when A is singular, or holds what is no number; B is then undefined.</returns>
    internal static bool Solve(Span<double> a, Span<double> b, int n, int columns)
    {
        for (var i = 0; i < n; i++)
        {
            var pivot = i;
            for (var r = i + 1; r < n; r++)
            {
                if (Math.Abs(a[(r * n) + i]) > Math.Abs(a[(pivot * n) + i]))
                    pivot = r;
            }

            var top = a[(pivot * n) + i];
            if (!(Math.Abs(top) > 0) || !double.IsFinite(top))
                return false;
            if (pivot != i)
            {
                Swap(a, i, pivot, n);
                Swap(b, i, pivot, columns);
            }

            for (var r = i + 1; r < n; r++)
            {
                var factor = a[(r * n) + i] / top;
                if (factor == 0)
                    continue;
                for (var c = i + 1; c < n; c++)
                    a[(r * n) + c] -= factor * a[(i * n) + c];
                for (var c = 0; c < columns; c++)
                    b[(r * columns) + c] -= factor * b[(i * columns) + c];
            }
        }

        for (var i = n - 1; i >= 0; i--)
        {
            for (var c = 0; c < columns; c++)
            {
                var sum = b[(i * columns) + c];
                for (var k = i + 1; k < n; k++)
                    sum -= a[(i * n) + k] * b[(k * columns) + c];
                b[(i * columns) + c] = sum / a[(i * n) + i];
            }
        }

        return true;
    }

    private static void Swap(Span<double> m, int i, int j, int columns)
    {
        for (var c = 0; c < columns; c++)
            (m[(i * columns) + c], m[(j * columns) + c]) = (m[(j * columns) + c], m[(i * columns) + c]);
    }
}
