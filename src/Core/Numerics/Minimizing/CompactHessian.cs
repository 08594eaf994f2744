namespace Optuna.Numerics.Minimizing;

/// <summary>
/// A limited-memory BFGS approximation of a Hessian in compact form, B = θI − W M Wᵀ with W = [Y θS].
/// </summary>
/// <remarks>R. H. Byrd, P. Lu, J. Nocedal and C. Zhu, "A limited memory algorithm for bound constrained optimization", SIAM J. Sci. Comput. 16 (1995), eq. (3.2) to (3.5).</remarks>
internal sealed class CompactHessian
{
    private readonly int _dimensions;
    private readonly int _memory;

    // Oldest first, one row per pair.
    private readonly double[] _steps;
    private readonly double[] _changes;
    private readonly double[] _middle;
    private readonly double[] _scratch;

    internal CompactHessian(int dimensions, int memory)
    {
        (_dimensions, _memory) = (dimensions, memory);
        _steps = new double[memory * dimensions];
        _changes = new double[memory * dimensions];
        _middle = new double[4 * memory * memory];
        _scratch = new double[4 * memory * memory];
    }

    /// <summary>Pairs remembered.</summary>
    internal int Pairs { get; private set; }

    /// <summary>Columns of W, twice the pairs.</summary>
    internal int Size => 2 * Pairs;

    internal double Theta { get; private set; } = 1;

    internal void Forget() => (Pairs, Theta) = (0, 1);

    /// <summary>Remembers a step and the gradient's change along it; their product must be positive.</summary>
    /// <returns>False when the middle matrix cannot be inverted any more: everything was forgotten.</returns>
    internal bool Add(ReadOnlySpan<double> step, ReadOnlySpan<double> change)
    {
        if (Pairs == _memory)
        {
            _steps.AsSpan(_dimensions).CopyTo(_steps);
            _changes.AsSpan(_dimensions).CopyTo(_changes);
            Pairs--;
        }

        step.CopyTo(_steps.AsSpan(Pairs * _dimensions));
        change.CopyTo(_changes.AsSpan(Pairs * _dimensions));
        Pairs++;
        Theta = Dot(change, change) / Dot(change, step);
        if (FormMiddle())
            return true;
        Forget();
        return false;
    }

    /// <summary>Row <paramref name="i"/> of W.</summary>
    internal void Row(int i, Span<double> row)
    {
        for (var k = 0; k < Pairs; k++)
        {
            row[k] = _changes[(k * _dimensions) + i];
            row[Pairs + k] = Theta * _steps[(k * _dimensions) + i];
        }
    }

    /// <summary>Wᵀ v over some of v's elements.</summary>
    internal void Project(ReadOnlySpan<double> v, ReadOnlySpan<bool> among, Span<double> result)
    {
        for (var k = 0; k < Pairs; k++)
        {
            var (y, s) = (0.0, 0.0);
            for (var i = 0; i < _dimensions; i++)
            {
                if (!among[i])
                    continue;
                y += _changes[(k * _dimensions) + i] * v[i];
                s += _steps[(k * _dimensions) + i] * v[i];
            }

            (result[k], result[Pairs + k]) = (y, Theta * s);
        }
    }

    /// <summary>M v.</summary>
    internal void Multiply(ReadOnlySpan<double> v, Span<double> result)
    {
        for (var r = 0; r < Size; r++)
            result[r] = Dot(_middle.AsSpan(r * Size, Size), v[..Size]);
    }

    /// <summary>(W v)ᵢ.</summary>
    internal double At(int i, ReadOnlySpan<double> v)
    {
        var (y, s) = (0.0, 0.0);
        for (var k = 0; k < Pairs; k++)
        {
            y += _changes[(k * _dimensions) + i] * v[k];
            s += _steps[(k * _dimensions) + i] * v[Pairs + k];
        }

        return y + (Theta * s);
    }

    /// <summary>Solves (I − M WᵀW/θ) u = v over some rows of W, in place: eq. (5.11).</summary>
    internal bool SolveReduced(ReadOnlySpan<bool> among, Span<double> v)
    {
        var n = Size;
        var gram = _scratch.AsSpan(0, n * n);
        gram.Clear();
        Span<double> row = stackalloc double[n];
        for (var i = 0; i < _dimensions; i++)
        {
            if (!among[i])
                continue;
            Row(i, row);
            for (var r = 0; r < n; r++)
            for (var c = 0; c < n; c++)
                gram[(r * n) + c] += row[r] * row[c];
        }

        Span<double> system = stackalloc double[n * n];
        for (var r = 0; r < n; r++)
        for (var c = 0; c < n; c++)
        {
            var sum = 0.0;
            for (var k = 0; k < n; k++)
                sum += _middle[(r * n) + k] * gram[(k * n) + c];
            system[(r * n) + c] = (r == c ? 1 : 0) - (sum / Theta);
        }

        return SmallMatrix.Solve(system, v, n, 1);
    }

    // M is the inverse of [−D Lᵀ; L θSᵀS], D the diagonal and L the strict lower triangle of SᵀY.
    private bool FormMiddle()
    {
        var (c, n) = (Pairs, Size);
        var inverse = _scratch.AsSpan(0, n * n);
        inverse.Clear();
        for (var i = 0; i < c; i++)
        {
            var s = _steps.AsSpan(i * _dimensions, _dimensions);
            inverse[(i * n) + i] = -Dot(s, _changes.AsSpan(i * _dimensions, _dimensions));
            for (var j = 0; j < c; j++)
            {
                if (j < i)
                {
                    var l = Dot(s, _changes.AsSpan(j * _dimensions, _dimensions));
                    inverse[((c + i) * n) + j] = l;
                    inverse[(j * n) + c + i] = l;
                }

                inverse[((c + i) * n) + c + j] = Theta * Dot(s, _steps.AsSpan(j * _dimensions, _dimensions));
            }
        }

        var middle = _middle.AsSpan(0, n * n);
        middle.Clear();
        for (var i = 0; i < n; i++)
            middle[(i * n) + i] = 1;
        return SmallMatrix.Solve(inverse, middle, n, n);
    }

    internal static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
