using Optuna.Numerics;

namespace Optuna.Samplers.Tpe.Mixture;

/// <summary>Probabilities of a grid's points: kernels of equal centre and width are one cell, which has a row of the table.</summary>
/// <remarks>
/// There are few cells. A kernel wider than the smallest width has a neighbour farther than that, which is a hundredth of the
/// range, so at most two hundred are; all others differ only by where they stand.
/// </remarks>
internal sealed class DiscreteColumn : NumericColumn
{
    private readonly Dictionary<(double Mean, double Width), int> _ids = [];
    private readonly Stack<int> _free = [];
    private readonly GridMass _mass;
    private readonly int[] _points = new int[KernelRows.Width];
    private double[] _means = [];
    private double[] _widths = [];
    private double[] _norms = [];
    private int[] _kernels = [];
    private int _count;

    internal DiscreteColumn(TpeParameter parameter, int index, TrialRows rows, KernelRows kernels, ParzenOptions options, List<int> touched)
        : base(parameter, index, rows, kernels, options, touched)
    {
        _mass = new GridMass(parameter);
    }

    internal override void Load()
    {
        _ids.Clear();
        _free.Clear();
        Array.Clear(_kernels);
        _count = 0;
        // The prior's cell is always there. Rows that are not poor trials stand in it: nobody asks what they have there.
        Take(0.5 * (Low + High), High - Low);
        base.Load();
    }

    internal override void Removing(int row)
    {
        Release(row);
        base.Removing(row);
    }

    internal override void Leaving(int row)
    {
        base.Leaving(row);
        Release(row);
    }

    internal override void Prepare(Candidates candidates, int first)
    {
        var values = candidates.Values(Index)[first..];
        for (var c = 0; c < KernelRows.Width; c++)
            _points[c] = _mass.PointOf(values[Math.Min(c, values.Length - 1)]);
        if (Kernels.Tables[Slot].Length < _count * KernelRows.Width)
            Kernels.Tables[Slot] = new double[2 * _count * KernelRows.Width];
        var table = Kernels.Tables[Slot];
        for (var cell = 0; cell < _count; cell++)
        {
            if (_kernels[cell] > 0)
                _mass.Fill(cell, _means[cell], _widths[cell], _norms[cell], _points, table.AsSpan(cell * KernelRows.Width, KernelRows.Width));
        }
    }

    internal override double Prior(int candidate) => Kernels.Tables[Slot][candidate];

    protected override double Changed(int row)
    {
        Release(row);
        Kernels.Cell(row, Slot) = Take(Means[row], Widths[row]);
        // The table has it.
        return 0;
    }

    private int Take(double mean, double width)
    {
        if (!_ids.TryGetValue((mean, width), out var cell))
        {
            cell = _free.TryPop(out var free) ? free : Add();
            (_means[cell], _widths[cell], _norms[cell]) = (mean, width, NormalKernels.LogMass(mean, width, Low, High));
            _ids.Add((mean, width), cell);
            _mass.Forget(cell);
        }

        _kernels[cell]++;
        return cell;
    }

    // The prior's own kernel keeps its cell from ever being given up.
    private void Release(int row)
    {
        ref var cell = ref Kernels.Cell(row, Slot);
        if (cell != 0 && --_kernels[cell] == 0)
        {
            _ids.Remove((_means[cell], _widths[cell]));
            _free.Push(cell);
        }

        cell = 0;
    }

    private int Add()
    {
        if (_count == _means.Length)
        {
            var size = Math.Max(16, 2 * _count);
            Array.Resize(ref _means, size);
            Array.Resize(ref _widths, size);
            Array.Resize(ref _norms, size);
            Array.Resize(ref _kernels, size);
        }

        return _count++;
    }
}
