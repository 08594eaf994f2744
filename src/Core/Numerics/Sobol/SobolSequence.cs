using System.Numerics;

namespace Optuna.Numerics.Sobol;

/// <summary>
/// Sobol's low-discrepancy sequence in Gray-code order, plain or scrambled: any point by its index, or many in a row.
/// </summary>
/// <remarks>
/// I. M. Sobol (1967), Antonov and Saleev (1979, the order), Joe and Kuo (2008, the numbers), J. Matoušek (1998, a random
/// linear matrix scramble with a digital shift). 30 bits a coordinate, as SciPy has; the plain points are SciPy's. Immutable.
/// </remarks>
internal sealed class SobolSequence
{
    internal const int MaxDimensions = JoeKuo.Dimensions;
    internal const int Bits = 30;

    /// <summary>Points before the sequence ends.</summary>
    internal const long Period = 1L << Bits;

    private const double Scale = 1.0 / Period;

    private readonly uint[] _columns;
    private readonly uint[] _shift;

    private SobolSequence(uint[] columns, uint[] shift) => (_columns, _shift) = (columns, shift);

    internal int Dimensions => _shift.Length;

    /// <summary>The sequence as it is: point 0 is the lower corner.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 to <see cref="MaxDimensions"/> dimensions.</exception>
    internal static SobolSequence Plain(int dimensions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, MaxDimensions);
        return new SobolSequence(JoeKuo.Columns(dimensions, Bits), new uint[dimensions]);
    }

    /// <summary>The sequence with random digits: as evenly spread, and each point uniform on its own.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 to <see cref="MaxDimensions"/> dimensions.</exception>
    internal static SobolSequence Scrambled(int dimensions, RandomState random)
    {
        var plain = Plain(dimensions);
        var (columns, shift) = (plain._columns, plain._shift);
        Span<uint> rows = stackalloc uint[Bits];
        for (var d = 0; d < dimensions; d++)
        {
            shift[d] = random.NextUInt32() >> (32 - Bits);

            // Row p of a lower triangular matrix: digit p keeps itself and takes in random earlier ones.
            for (var p = 0; p < Bits; p++)
            {
                var own = 1u << (Bits - 1 - p);
                rows[p] = (random.NextUInt32() >> (32 - Bits) & ~((2 * own) - 1)) | own;
            }

            foreach (ref var column in columns.AsSpan(d * Bits, Bits))
                column = Times(rows, column);
        }

        return plain;
    }

    /// <summary>Point <paramref name="index"/>, each coordinate in [0, 1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 to <see cref="Period"/> − 1.</exception>
    internal void Point(long index, Span<double> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Period);
        var gray = (uint)(index ^ (index >> 1));
        for (var d = 0; d < _shift.Length; d++)
        {
            var x = _shift[d];
            for (var rest = gray; rest != 0; rest &= rest - 1)
                x ^= _columns[(d * Bits) + BitOperations.TrailingZeroCount(rest)];
            destination[d] = x * Scale;
        }
    }

    /// <summary>The first points of one dimension, all in that dimension's interval [0, 1).</summary>
    internal void Column(int dimension, Span<double> destination)
    {
        var columns = _columns.AsSpan(dimension * Bits, Bits);
        var x = _shift[dimension];
        for (var i = 0; i < destination.Length; i++)
        {
            if (i > 0)
                x ^= columns[BitOperations.TrailingZeroCount(i)];
            destination[i] = x * Scale;
        }
    }

    private static uint Times(ReadOnlySpan<uint> rows, uint column)
    {
        var product = 0u;
        foreach (var row in rows)
            product = (product << 1) | (uint)(BitOperations.PopCount(row & column) & 1);
        return product;
    }
}
