using Optuna.Numerics;

namespace Optuna.Samplers.Tpe;

/// <summary>
/// Probabilities of a grid's points: the mass of a normal kernel half a step to both sides, divided by its mass on the
/// whole widened range.
/// </summary>
internal sealed class DiscreteKernels(TpeParameter parameter) : KernelColumn
{
    private readonly NormalKernels _kernels = new(parameter);
    private readonly KernelTable _table = new();
    private readonly LatticeMass? _lattice = LatticeMass.For(parameter);

    // Kernels of equal mean and width share a cell.
    private double[] _means = [];
    private double[] _widths = [];
    private double[] _logMasses = [];
    private int _cellCount;

    internal override void Fit(
        ReadOnlySpan<double> values, Span<double> constants, ParzenOptions options)
    {
        var n = values.Length;
        _kernels.Fit(values, constants.Length, options);
        _table.Resize(constants.Length);
        _cellCount = 0;
        _lattice?.Clear();

        var group = 0;
        foreach (var kernel in _kernels.Ascending(n))
        {
            var (mean, width) = (_kernels.Means[kernel], _kernels.Widths[kernel]);
            if (_cellCount > 0 && _means[_cellCount - 1] != mean)
                group = _cellCount;
            var cell = _widths.AsSpan(group, _cellCount - group).IndexOf(width);
            _table.Cells[kernel] = cell < 0 ? AddCell(mean, width) : group + cell;
        }
        _table.Cells[n] = AddCell(_kernels.Means[n], _kernels.Widths[n]);
        Array.Clear(_table.Cells, n + 1, constants.Length - n - 1);
    }

    private int AddCell(double mean, double width)
    {
        if (_cellCount == _means.Length)
        {
            var size = Math.Max(16, 2 * _cellCount);
            Array.Resize(ref _means, size);
            Array.Resize(ref _widths, size);
            Array.Resize(ref _logMasses, size);
        }
        _means[_cellCount] = mean;
        _widths[_cellCount] = width;
        _logMasses[_cellCount] = NormalKernels.LogMass(mean, width, _kernels.Low, _kernels.High);
        return _cellCount++;
    }

    internal override void Sample(
        ReadOnlySpan<int> kernels, ReadOnlySpan<double> quantiles, Candidates candidates, int column)
    {
        for (var i = 0; i < kernels.Length; i++)
        {
            var value = OnGrid(_kernels.Quantile(kernels[i], quantiles[i]));
            candidates.Put(column, i, value, value);
        }
    }

    private double OnGrid(double x)
    {
        var (low, step) = (parameter.Low, parameter.Step);
        var value = parameter.Log ? Math.Exp(x) : x;
        return Math.Clamp(low + (Math.Round((value - low) / step) * step), low, parameter.High);
    }

    internal override void Prepare(Candidates candidates, int column)
    {
        _table.Prepare(candidates.Values(column), _cellCount);
        for (var d = 0; d < _table.Distinct.Length; d++)
            FillRow(_table.Distinct[d], _table.Row(d));
    }

    private void FillRow(double value, Span<double> row)
    {
        var left = parameter.Scaled(value - (0.5 * parameter.Step));
        var right = parameter.Scaled(value + (0.5 * parameter.Step));
        for (var cell = 0; cell < row.Length; cell++)
        {
            var (mean, width) = (_means[cell], _widths[cell]);
            row[cell] = (_lattice?.LogMass(value - mean, width) ?? NormalKernels.LogMass(mean, width, left, right))
                - _logMasses[cell];
        }
    }

    internal override void AddTo(TermBlock block) => _table.AddTo(block);
}
