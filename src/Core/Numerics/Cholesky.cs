using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Optuna.Numerics;

/// <summary>
/// The Cholesky factorization A = Uᵀ U of a symmetric positive definite matrix, and what is solved with it: blocks of eight
/// rows by vectors of columns.
/// </summary>
/// <remarks>
/// Every element is worked out by the same operations in the same order whatever the width of vectors and however large the
/// matrix is. So a factor to which columns were added later is, to the last bit, that of the larger matrix factored at once.
/// </remarks>
internal static class Cholesky
{
    private const int Block = SquareMatrix.Block;

    /// <summary>Replaces the upper triangle by U. Padding becomes that of the identity matrix.</summary>
    /// <param name="from">Columns before it hold U already. From the block of eight it lies in, columns hold A.</param>
    /// <returns>False when A is not positive definite within rounding, or holds what is no number.</returns>
    internal static bool Factor(SquareMatrix a, int from = 0) => Lanes8.IsFast ? Factor<Lanes8>(a, from) : Factor<Lanes4>(a, from);

    /// <summary>Solves Uᵀ X = B in place of B, of eight columns side by side.</summary>
    internal static void SolveForward(SquareMatrix u, Span<double> b)
    {
        if (Lanes8.IsFast)
            SolveForward<Lanes8>(u, b);
        else
            SolveForward<Lanes4>(u, b);
    }

    /// <summary>Solves U X = B in place of B, of eight columns side by side.</summary>
    /// <param name="l">The transpose of U, see <see cref="Transpose"/>.</param>
    internal static void SolveBackward(SquareMatrix l, Span<double> b)
    {
        if (Lanes8.IsFast)
            SolveBackward<Lanes8>(l, b);
        else
            SolveBackward<Lanes4>(l, b);
    }

    /// <summary>Writes the lower triangle of (Uᵀ)⁻¹; what lies above its diagonal blocks is not touched.</summary>
    internal static void Invert(SquareMatrix u, SquareMatrix inverse)
    {
        if (Lanes8.IsFast)
            Invert<Lanes8>(u, inverse);
        else
            Invert<Lanes4>(u, inverse);
    }

    /// <summary>Writes the transpose of the upper triangle.</summary>
    internal static void Transpose(SquareMatrix u, SquareMatrix l)
    {
        for (var i = 0; i < u.Padded; i++)
        for (var j = i; j < u.Padded; j++)
            l[j, i] = u[i, j];
    }

    internal static bool Factor<T>(SquareMatrix a, int from)
        where T : struct, ILanes<T>
    {
        var (n, stride) = (a.Padded, (nuint)a.Stride);
        for (var i = a.Size; i < n; i++)
        for (var j = 0; j <= i; j++)
            a[j, i] = i == j ? 1 : 0;

        ref var values = ref MemoryMarshal.GetArrayDataReference(a.Values);
        var first = from & -Block;
        for (var i = 0; i < n; i += Block)
        {
            // The diagonal block before the others, which are divided by its pivots.
            for (var j = Math.Max(i, first); j < n; j += T.Count)
            {
                ref var tile = ref Unsafe.Add(ref values, ((nuint)i * stride) + (nuint)j);
                Subtract<T>(ref Unsafe.Add(ref values, (nuint)i), stride, ref Unsafe.Add(ref values, (nuint)j), stride, ref tile, stride, i);
                if (j >= i + Block)
                    Substitute<T>(ref Unsafe.Add(ref values, ((nuint)i * stride) + (nuint)i), stride, ref tile, stride);
                else if (j + T.Count == i + Block && !FactorDiagonal(ref Unsafe.Add(ref values, ((nuint)i * stride) + (nuint)i), stride))
                    return false;
            }
        }

        return true;
    }

    internal static void SolveForward<T>(SquareMatrix u, Span<double> b)
        where T : struct, ILanes<T>
    {
        ref var values = ref MemoryMarshal.GetArrayDataReference(u.Values);
        ref var right = ref b[0];
        var stride = (nuint)u.Stride;
        for (var i = 0; i < u.Padded; i += Block)
        for (var j = 0; j < Block; j += T.Count)
        {
            ref var tile = ref Unsafe.Add(ref right, (nuint)((i * Block) + j));
            Subtract<T>(ref Unsafe.Add(ref values, (nuint)i), stride, ref Unsafe.Add(ref right, (nuint)j), Block, ref tile, Block, i);
            Substitute<T>(ref Unsafe.Add(ref values, ((nuint)i * stride) + (nuint)i), stride, ref tile, Block);
        }
    }

    internal static void SolveBackward<T>(SquareMatrix l, Span<double> b)
        where T : struct, ILanes<T>
    {
        ref var values = ref MemoryMarshal.GetArrayDataReference(l.Values);
        ref var right = ref b[0];
        var (n, stride) = (l.Padded, (nuint)l.Stride);
        for (var i = n - Block; i >= 0; i -= Block)
        for (var j = 0; j < Block; j += T.Count)
        {
            ref var tile = ref Unsafe.Add(ref right, (nuint)((i * Block) + j));
            var below = (nuint)(i + Block);
            Subtract<T>(
                ref Unsafe.Add(ref values, (below * stride) + (nuint)i), stride, ref Unsafe.Add(ref right, (below * Block) + (nuint)j), Block,
                ref tile, Block, n - i - Block);
            SubstituteBack<T>(ref Unsafe.Add(ref values, ((nuint)i * stride) + (nuint)i), stride, ref tile);
        }
    }

    internal static void Invert<T>(SquareMatrix u, SquareMatrix inverse)
        where T : struct, ILanes<T>
    {
        ref var values = ref MemoryMarshal.GetArrayDataReference(u.Values);
        ref var result = ref MemoryMarshal.GetArrayDataReference(inverse.Values);
        var stride = (nuint)u.Stride;
        for (var i = 0; i < u.Padded; i += Block)
        for (var j = 0; j <= i; j += Block)
        {
            for (var r = 0; r < Block; r++)
            for (var c = 0; c < Block; c++)
                inverse[i + r, j + c] = i == j && r == c ? 1 : 0;
            for (var c = j; c < j + Block; c += T.Count)
            {
                ref var tile = ref Unsafe.Add(ref result, ((nuint)i * stride) + (nuint)c);
                Subtract<T>(
                    ref Unsafe.Add(ref values, ((nuint)j * stride) + (nuint)i), stride, ref Unsafe.Add(ref result, ((nuint)j * stride) + (nuint)c), stride,
                    ref tile, stride, i - j);
                Substitute<T>(ref Unsafe.Add(ref values, ((nuint)i * stride) + (nuint)i), stride, ref tile, stride);
            }
        }
    }

    /// <summary>Eight rows of C less the product of Aᵀ and B, A being <paramref name="depth"/> rows of eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Subtract<T>(ref double a, nuint aStride, ref double b, nuint bStride, ref double c, nuint cStride, int depth)
        where T : struct, ILanes<T>
    {
        var c0 = T.Load(ref c, 0);
        var c1 = T.Load(ref c, cStride);
        var c2 = T.Load(ref c, 2 * cStride);
        var c3 = T.Load(ref c, 3 * cStride);
        var c4 = T.Load(ref c, 4 * cStride);
        var c5 = T.Load(ref c, 5 * cStride);
        var c6 = T.Load(ref c, 6 * cStride);
        var c7 = T.Load(ref c, 7 * cStride);
        for (; depth > 0; depth--)
        {
            var row = T.Load(ref b, 0);
            c0 = T.SubtractProduct(T.All(a), row, c0);
            c1 = T.SubtractProduct(T.All(Unsafe.Add(ref a, 1)), row, c1);
            c2 = T.SubtractProduct(T.All(Unsafe.Add(ref a, 2)), row, c2);
            c3 = T.SubtractProduct(T.All(Unsafe.Add(ref a, 3)), row, c3);
            c4 = T.SubtractProduct(T.All(Unsafe.Add(ref a, 4)), row, c4);
            c5 = T.SubtractProduct(T.All(Unsafe.Add(ref a, 5)), row, c5);
            c6 = T.SubtractProduct(T.All(Unsafe.Add(ref a, 6)), row, c6);
            c7 = T.SubtractProduct(T.All(Unsafe.Add(ref a, 7)), row, c7);
            a = ref Unsafe.Add(ref a, aStride);
            b = ref Unsafe.Add(ref b, bStride);
        }

        c0.Store(ref c, 0);
        c1.Store(ref c, cStride);
        c2.Store(ref c, 2 * cStride);
        c3.Store(ref c, 3 * cStride);
        c4.Store(ref c, 4 * cStride);
        c5.Store(ref c, 5 * cStride);
        c6.Store(ref c, 6 * cStride);
        c7.Store(ref c, 7 * cStride);
    }

    // Solves with the transpose of a diagonal block of U, first row first.
    private static void Substitute<T>(ref double block, nuint stride, ref double tile, nuint tileStride)
        where T : struct, ILanes<T>
    {
        for (nuint i = 0; i < Block; i++)
        {
            var row = T.Load(ref tile, i * tileStride);
            for (nuint k = 0; k < i; k++)
                row = T.SubtractProduct(T.All(Unsafe.Add(ref block, (k * stride) + i)), T.Load(ref tile, k * tileStride), row);
            (row * T.All(1 / Unsafe.Add(ref block, (i * stride) + i))).Store(ref tile, i * tileStride);
        }
    }

    // Solves with a diagonal block of U, given by its transpose, last row first.
    private static void SubstituteBack<T>(ref double block, nuint stride, ref double tile)
        where T : struct, ILanes<T>
    {
        for (nuint i = Block; i-- > 0;)
        {
            var row = T.Load(ref tile, i * Block);
            for (nuint k = Block - 1; k > i; k--)
                row = T.SubtractProduct(T.All(Unsafe.Add(ref block, (k * stride) + i)), T.Load(ref tile, k * Block), row);
            (row * T.All(1 / Unsafe.Add(ref block, (i * stride) + i))).Store(ref tile, i * Block);
        }
    }

    private static bool FactorDiagonal(ref double block, nuint stride)
    {
        for (nuint i = 0; i < Block; i++)
        {
            for (var j = i; j < Block; j++)
            {
                ref var x = ref Unsafe.Add(ref block, (i * stride) + j);
                for (nuint k = 0; k < i; k++)
                    x = Math.FusedMultiplyAdd(-Unsafe.Add(ref block, (k * stride) + i), Unsafe.Add(ref block, (k * stride) + j), x);
            }

            ref var pivot = ref Unsafe.Add(ref block, (i * stride) + i);
            if (!(pivot > 0) || !double.IsFinite(pivot))
                return false;
            pivot = Math.Sqrt(pivot);
            for (var j = i + 1; j < Block; j++)
                Unsafe.Add(ref block, (i * stride) + j) *= 1 / pivot;
        }

        return true;
    }
}
