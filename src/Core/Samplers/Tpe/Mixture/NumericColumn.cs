using Optuna.Numerics;

namespace Optuna.Samplers.Tpe.Mixture;

/// <summary>Centres and widths of the normal kernels of one numeric parameter, kept as trials come and go.</summary>
/// <remarks>
/// A kernel is as wide as the larger distance to its neighbours (Bergstra et al. 2011, section 4.2), so a trial that comes
/// or goes changes its neighbours' kernels and no others: the smallest width no longer depends on the number of trials.
/// Kernels of equal centres are neighbours in the order of their trials.
/// </remarks>
internal abstract class NumericColumn : MixtureColumn
{
    private readonly ParzenOptions _options;
    private readonly List<int> _touched;
    private double[] _means = [];
    private double[] _widths = [];
    private double[] _norms = [];

    // Numbers of the poor trials, ascending by centre and then by number.
    private int[] _sorted = [];
    private int _count;

    protected NumericColumn(TpeParameter parameter, int index, TrialRows rows, KernelRows kernels, ParzenOptions options, List<int> touched)
    {
        (Parameter, Index, Rows, Kernels, _options, _touched) = (parameter, index, rows, kernels, options, touched);
        (Low, High) = (parameter.SupportLow, parameter.SupportHigh);
    }

    protected TpeParameter Parameter { get; }

    protected int Index { get; }

    protected TrialRows Rows { get; }

    protected KernelRows Kernels { get; }

    /// <summary>The parameter's place among those of its sort in <see cref="Kernels"/>.</summary>
    protected int Slot => Kernels.Slots[Index];

    /// <summary>Lower end of the support.</summary>
    protected double Low { get; }

    protected double High { get; }

    /// <summary>By row, the kernel's centre on its scale.</summary>
    protected double[] Means => _means;

    /// <summary>By row, the kernel's width, of poor trials only.</summary>
    protected double[] Widths => _widths;

    // A density is at most 2/(√(2π) σ) where half of the kernel is cut off, the prior's at least 0.9 over the range.
    internal override double MostAbovePrior => Math.Log((High - Low) / new Bandwidths(Low, High, Rows.PoorCount, _options).Smallest) + 1;

    internal override double Norm(int row) => _norms[row];

    internal override void Load()
    {
        Grow(Rows.Count);
        Array.Clear(_widths);
        var means = _means.AsSpan(0, Rows.Count);
        if (Parameter.Log)
            VectorMath.Log(Rows.Values(Index), means);
        else
            Rows.Values(Index).CopyTo(means);
        _count = 0;
        for (var row = 0; row < Rows.Count; row++)
        {
            if (Rows.IsPoor[row])
                _sorted[_count++] = Rows.Numbers[row];
        }

        var keys = new double[_count];
        for (var i = 0; i < _count; i++)
            keys[i] = _means[Rows.RowOf(_sorted[i])];
        SortStably(keys, _sorted.AsSpan(0, _count));
        for (var i = 0; i < _count; i++)
            Widen(i);
    }

    internal override void Inserted(int row)
    {
        Grow(Rows.Count);
        TrialRows.Shift(_means, row, Rows.Count - 1, 1);
        TrialRows.Shift(_widths, row, Rows.Count - 1, 1);
        TrialRows.Shift(_norms, row, Rows.Count - 1, 1);
        (_means[row], _widths[row]) = (Parameter.Scaled(Rows.Values(Index)[row]), 0);
    }

    internal override void Removing(int row)
    {
        TrialRows.Shift(_means, row + 1, Rows.Count, -1);
        TrialRows.Shift(_widths, row + 1, Rows.Count, -1);
        TrialRows.Shift(_norms, row + 1, Rows.Count, -1);
    }

    internal override void Joined(int row)
    {
        var at = Place(_means[row], Rows.Numbers[row]);
        TrialRows.Shift(_sorted, at, _count++, 1);
        _sorted[at] = Rows.Numbers[row];
        Widen(at);
        if (at > 0)
            Widen(at - 1);
        if (at + 1 < _count)
            Widen(at + 1);
    }

    internal override void Leaving(int row)
    {
        var at = Place(_means[row], Rows.Numbers[row]);
        TrialRows.Shift(_sorted, at + 1, _count--, -1);
        if (at > 0)
            Widen(at - 1);
        if (at < _count)
            Widen(at);
        _widths[row] = 0;
    }

    /// <summary>A kernel of the row has another width.</summary>
    /// <returns>What it subtracts whatever the candidate.</returns>
    protected abstract double Changed(int row);

    private void Grow(int rows)
    {
        if (_means.Length >= rows)
            return;
        var size = 2 * rows;
        Array.Resize(ref _means, size);
        Array.Resize(ref _widths, size);
        Array.Resize(ref _norms, size);
        Array.Resize(ref _sorted, size);
    }

    private void Widen(int at)
    {
        var row = Rows.RowOf(_sorted[at]);
        var mean = _means[row];
        var (first, last) = (at == 0, at == _count - 1);
        var left = first ? mean - Low : mean - _means[Rows.RowOf(_sorted[at - 1])];
        var right = last ? High - mean : _means[Rows.RowOf(_sorted[at + 1])] - mean;

        // The ends of the range are no neighbours, unless there is no other.
        if (!_options.Endpoints && _count > 1)
            (left, right) = first ? (right, right) : last ? (left, left) : (left, right);
        var range = new Bandwidths(Low, High, _count, _options);
        var width = range.Clip(Math.Max(left, right));
        if (_widths[row] == width)
            return;
        _widths[row] = width;
        _touched.Add(_sorted[at]);
        _norms[row] = Changed(row);
    }

    private int Place(double mean, int number)
    {
        var (low, high) = (0, _count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            var other = _sorted[middle];
            var there = _means[Rows.RowOf(other)];
            if (there < mean || (there == mean && other < number))
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    // Numbers come ascending; equal centres keep them so.
    private static void SortStably(Span<double> keys, Span<int> numbers)
    {
        keys.Sort(numbers);
        for (var i = 0; i < keys.Length;)
        {
            var end = i + 1;
            while (end < keys.Length && keys[end] == keys[i])
                end++;
            numbers[i..end].Sort();
            i = end;
        }
    }
}
