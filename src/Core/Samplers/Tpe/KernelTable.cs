using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Optuna.Numerics;

namespace Optuna.Samplers.Tpe;

/// <summary>
/// Log densities of a parameter with few distinct values: kernels fall into a few cells that have the same density
/// everywhere, so there is one table row per distinct value among the candidates and a look-up per kernel.
/// </summary>
internal sealed class KernelTable
{
    private readonly double[] _looked = new double[PairwiseSum.Block];
    private int[] _cells = [];
    private double[] _rows = [];
    private int[] _rowOf = [];
    private double[] _distinct = [];
    private int _distinctCount;
    private int _cellCount;

    /// <summary>The cell of each kernel; zeros follow the last kernel.</summary>
    internal int[] Cells => _cells;

    /// <summary>The different values among the candidates of the last <see cref="Prepare"/>.</summary>
    internal ReadOnlySpan<double> Distinct => _distinct.AsSpan(0, _distinctCount);

    internal void Resize(int capacity)
    {
        if (_cells.Length < capacity)
            _cells = new int[2 * capacity];
    }

    /// <summary>Finds the distinct values; the rows are then to be filled.</summary>
    internal void Prepare(ReadOnlySpan<double> values, int cells)
    {
        if (_rowOf.Length < values.Length)
            (_rowOf, _distinct) = (new int[values.Length], new double[values.Length]);
        (_distinctCount, _cellCount) = (0, cells);
        for (var c = 0; c < values.Length; c++)
        {
            var row = _distinct.AsSpan(0, _distinctCount).IndexOf(values[c]);
            if (row < 0)
                _distinct[row = _distinctCount++] = values[c];
            _rowOf[c] = row;
        }
        if (_rows.Length < values.Length * cells)
            _rows = new double[2 * values.Length * cells];
    }

    /// <summary>The log densities of every cell at one distinct value.</summary>
    internal Span<double> Row(int distinct) => _rows.AsSpan(distinct * _cellCount, _cellCount);

    internal void AddTo(TermBlock block)
    {
        var cells = _cells.AsSpan(block.Start, block.Length);
        var looked = _looked.AsSpan(0, cells.Length);
        ref var first = ref MemoryMarshal.GetReference(looked);
        for (var d = 0; d < _distinctCount; d++)
        {
            var isLooked = false;
            for (var c = 0; c < block.Candidates; c++)
            {
                if (_rowOf[c] != d)
                    continue;
                if (!isLooked)
                    Look(Row(d), cells, looked);
                isLooked = true;
                ref var row = ref block.Row(c);
                if (Vector512.IsHardwareAccelerated)
                {
                    for (nuint i = 0; i < (nuint)cells.Length; i += 8)
                        (Vector512.LoadUnsafe(ref row, i) + Vector512.LoadUnsafe(ref first, i)).StoreUnsafe(ref row, i);
                }
                else
                {
                    for (nuint i = 0; i < (nuint)cells.Length; i += 4)
                        (Vector256.LoadUnsafe(ref row, i) + Vector256.LoadUnsafe(ref first, i)).StoreUnsafe(ref row, i);
                }
            }
        }
    }

    private static void Look(ReadOnlySpan<double> densities, ReadOnlySpan<int> cells, Span<double> looked)
    {
        for (var i = 0; i < cells.Length; i++)
            looked[i] = densities[cells[i]];
    }
}
