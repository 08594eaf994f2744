using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Optuna.Numerics;

namespace Optuna.Samplers.Tpe.Mixture;

/// <summary>
/// The density of the poor trials of a long study: the same mixture as <see cref="ParzenEstimator"/>, but kept from draw to
/// draw. A trial that comes changes a few kernels; only the weights are made anew.
/// </summary>
/// <remarks>
/// Every kernel's term is taken relative to the prior's, which is always among them: a term far below it does not count, and
/// none is so far above it that the sum would leave the range of numbers. So one pass over the kernels suffices.
/// </remarks>
internal sealed class PoorMixture : IRowWatcher
{
    // exp(-50) is 2e-22 of the prior's term: even a hundred thousand such terms do not reach its last bit.
    private const double Negligible = -50;

    // What the sum's terms may be multiplied by at most, as a logarithm, and how far they may be scaled down to stay below.
    private const double MostAbove = 690;
    private const double MostScaled = 600;

    private readonly TrialRows _rows;
    private readonly KernelRows _kernels;
    private readonly ParzenOptions _options;
    private readonly bool _wide;
    private readonly MixtureColumn[] _columns;
    private readonly List<int> _touched = [];
    private readonly double[] _base = new double[KernelRows.Width];
    private readonly double[] _sums = new double[KernelRows.Width];
    private readonly double[] _terms = new double[KernelRows.Width];
    private double _scaling;
    private double[] _constants = [];
    private double[] _weights = [];
    private double[] _byAge = [];

    /// <param name="wide">Vectors of 512 bits; null: if the machine has them.</param>
    internal PoorMixture(ReadOnlySpan<TpeParameter> parameters, TrialRows rows, ParzenOptions options, bool? wide = null)
    {
        (_rows, _options, _kernels, _wide) = (rows, options, new KernelRows(rows, parameters), wide ?? Vector512.IsHardwareAccelerated);
        _columns = new MixtureColumn[parameters.Length];
        for (var j = 0; j < parameters.Length; j++)
            _columns[j] = Column(parameters[j], j);
    }

    /// <summary>Whether this way of adding up works: not without a prior, with kernels of any narrowness, nor with hundreds of parameters.</summary>
    internal bool IsUsable => _options is { PriorWeight: > 0, MagicClip: true } && Above <= MostAbove + MostScaled;

    private double Above
    {
        get
        {
            var sum = 0.0;
            foreach (var column in _columns)
                sum += column.MostAbovePrior;
            return sum;
        }
    }

    public void Reloaded()
    {
        _kernels.Load();
        foreach (var column in _columns)
            column.Load();
        Grow();
        for (var row = 0; row < _rows.Count; row++)
            SetConstant(row);
        _touched.Clear();
        // The smallest widths no longer depend on the number of trials.
        _scaling = Math.Max(0, Above - MostAbove);
    }

    public void Inserted(int row)
    {
        Grow();
        TrialRows.Shift(_constants, row, _rows.Count - 1, 1);
        _kernels.Inserted(row);
        foreach (var column in _columns)
            column.Inserted(row);
    }

    public void Removing(int row)
    {
        foreach (var column in _columns)
            column.Removing(row);
        TrialRows.Shift(_constants, row + 1, _rows.Count, -1);
        _kernels.Removing(row);
    }

    public void Joined(int row)
    {
        _touched.Add(_rows.Numbers[row]);
        foreach (var column in _columns)
            column.Joined(row);
    }

    public void Leaving(int row)
    {
        foreach (var column in _columns)
            column.Leaving(row);
    }

    /// <summary>Writes each candidate's log density, accurate to about 1e-12.</summary>
    internal void LogDensity(Candidates candidates, Span<double> destination)
    {
        foreach (var number in _touched)
        {
            if (_rows.RowOf(number) is >= 0 and var row)
                SetConstant(row);
        }

        _touched.Clear();
        var logTotal = SetWeights();
        for (var first = 0; first < candidates.Count; first += KernelRows.Width)
        {
            foreach (var column in _columns)
                column.Prepare(candidates, first);
            Begin();
            if (_wide)
                AddWide(Negligible - _scaling);
            else
                Add(Negligible - _scaling);
            for (var c = 0; c < Math.Min(KernelRows.Width, candidates.Count - first); c++)
            {
                destination[first + c] = candidates.IsOutside(first + c)
                    ? double.NegativeInfinity
                    : VectorMath.Log(_sums[c]) - _base[c] - logTotal;
            }
        }
    }

    private void Begin()
    {
        for (var c = 0; c < KernelRows.Width; c++)
        {
            var prior = 0.0;
            foreach (var column in _columns)
                prior += column.Prior(c);
            (_base[c], _sums[c]) = (-prior - _scaling, _options.PriorWeight * Math.Exp(-_scaling));
        }
    }

    // Each in two widths: a vector the machine does not have is many times slower than two that it has. Both compute the same numbers.
    private void AddWide(double limit)
    {
        var (smooth, tabled) = (_kernels.Smooth, _kernels.Tabled);
        ref var number = ref MemoryMarshal.GetArrayDataReference(_kernels.Numbers);
        ref var cell = ref MemoryMarshal.GetArrayDataReference(_kernels.Cells);
        ref var at = ref MemoryMarshal.GetArrayDataReference(_kernels.At);
        var tables = _kernels.Tables;
        ref var start = ref MemoryMarshal.GetArrayDataReference(_base);
        ref var sum = ref MemoryMarshal.GetArrayDataReference(_sums);
        var (base0, base1, base2) = (Vector512.LoadUnsafe(ref start), Vector512.LoadUnsafe(ref start, 8), Vector512.LoadUnsafe(ref start, 16));
        var (sum0, sum1, sum2) = (Vector512.LoadUnsafe(ref sum), Vector512.LoadUnsafe(ref sum, 8), Vector512.LoadUnsafe(ref sum, 16));
        var least = Vector512.Create(limit);
        for (var row = 0; row < _rows.Count; row++)
        {
            var weight = _weights[row];
            if (weight == 0)
                continue;
            var (q0, q1, q2) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
            ref var kernel = ref Unsafe.Add(ref number, 2 * row * smooth);
            for (var j = 0; j < smooth; j++)
            {
                var scale = Vector512.Create(Unsafe.Add(ref kernel, 2 * j));
                var shift = Vector512.Create(Unsafe.Add(ref kernel, (2 * j) + 1));
                ref var u = ref Unsafe.Add(ref at, KernelRows.Width * j);
                var z0 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref u), scale, shift);
                var z1 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref u, 8), scale, shift);
                var z2 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref u, 16), scale, shift);
                q0 = Vector512.FusedMultiplyAdd(z0, z0, q0);
                q1 = Vector512.FusedMultiplyAdd(z1, z1, q1);
                q2 = Vector512.FusedMultiplyAdd(z2, z2, q2);
            }

            var constant = Vector512.Create(_constants[row]);
            var (t0, t1, t2) = (base0 + constant - q0, base1 + constant - q1, base2 + constant - q2);

            for (var j = 0; j < tabled; j++)
            {
                ref var logs = ref Unsafe.Add(
                    ref MemoryMarshal.GetArrayDataReference(tables[j]), KernelRows.Width * Unsafe.Add(ref cell, (row * tabled) + j));
                t0 += Vector512.LoadUnsafe(ref logs);
                t1 += Vector512.LoadUnsafe(ref logs, 8);
                t2 += Vector512.LoadUnsafe(ref logs, 16);
            }

            if (Vector512.LessThanAll(Vector512.MaxNative(Vector512.MaxNative(t0, t1), t2), least))
                continue;
            var w = Vector512.Create(weight);
            sum0 = Vector512.FusedMultiplyAdd(VectorMath.ExpOfTerm(t0), w, sum0);
            sum1 = Vector512.FusedMultiplyAdd(VectorMath.ExpOfTerm(t1), w, sum1);
            sum2 = Vector512.FusedMultiplyAdd(VectorMath.ExpOfTerm(t2), w, sum2);
        }

        sum0.StoreUnsafe(ref sum);
        sum1.StoreUnsafe(ref sum, 8);
        sum2.StoreUnsafe(ref sum, 16);
    }

    private void Add(double limit)
    {
        var (smooth, tabled) = (_kernels.Smooth, _kernels.Tabled);
        ref var number = ref MemoryMarshal.GetArrayDataReference(_kernels.Numbers);
        ref var cell = ref MemoryMarshal.GetArrayDataReference(_kernels.Cells);
        ref var at = ref MemoryMarshal.GetArrayDataReference(_kernels.At);
        var tables = _kernels.Tables;
        ref var start = ref MemoryMarshal.GetArrayDataReference(_base);
        ref var sum = ref MemoryMarshal.GetArrayDataReference(_sums);
        var least = Vector256.Create(limit);
        ref var term = ref MemoryMarshal.GetArrayDataReference(_terms);
        for (var row = 0; row < _rows.Count; row++)
        {
            var weight = _weights[row];
            if (weight == 0)
                continue;
            ref var kernel = ref Unsafe.Add(ref number, 2 * row * smooth);
            var largest = least - Vector256<double>.One;
            for (nuint c = 0; c < KernelRows.Width; c += 4)
            {
                var q = Vector256<double>.Zero;
                for (var j = 0; j < smooth; j++)
                {
                    var u = Vector256.LoadUnsafe(ref Unsafe.Add(ref at, KernelRows.Width * j), c);
                    var z = Vector256.FusedMultiplyAdd(
                        u, Vector256.Create(Unsafe.Add(ref kernel, 2 * j)), Vector256.Create(Unsafe.Add(ref kernel, (2 * j) + 1)));
                    q = Vector256.FusedMultiplyAdd(z, z, q);
                }

                var t = Vector256.LoadUnsafe(ref start, c) + Vector256.Create(_constants[row]) - q;

                for (var j = 0; j < tabled; j++)
                {
                    t += Vector256.LoadUnsafe(
                        ref MemoryMarshal.GetArrayDataReference(tables[j]), (nuint)(KernelRows.Width * Unsafe.Add(ref cell, (row * tabled) + j)) + c);
                }

                t.StoreUnsafe(ref term, c);
                largest = Vector256.MaxNative(largest, t);
            }

            if (Vector256.LessThanAll(largest, least))
                continue;
            for (nuint c = 0; c < KernelRows.Width; c += 4)
            {
                var value = VectorMath.ExpOfTerm(Vector256.LoadUnsafe(ref term, c));
                Vector256.FusedMultiplyAdd(value, Vector256.Create(weight), Vector256.LoadUnsafe(ref sum, c)).StoreUnsafe(ref sum, c);
            }
        }
    }

    private MixtureColumn Column(TpeParameter parameter, int index) => parameter.Kind switch
    {
        TpeParameterKind.Continuous => new ContinuousColumn(parameter, index, _rows, _kernels, _options, _touched),
        TpeParameterKind.Discrete when WideDiscreteColumn.IsWide(parameter) =>
            new WideDiscreteColumn(parameter, index, _rows, _kernels, _options, _touched),
        TpeParameterKind.Discrete => new DiscreteColumn(parameter, index, _rows, _kernels, _options, _touched),
        TpeParameterKind.Categorical => new CategoricalColumn(parameter, index, _rows, _kernels, _options),
        _ => throw new ArgumentException($"There are no kernels for parameters of kind {parameter.Kind}.", nameof(parameter)),
    };

    private void SetConstant(int row)
    {
        var sum = 0.0;
        if (_rows.IsPoor[row])
        {
            foreach (var column in _columns)
                sum -= column.Norm(row);
        }

        _constants[row] = sum;
    }

    // By the trials' age among the poor ones; the others weigh nothing. The logarithm of their sum, the prior's included.
    private double SetWeights()
    {
        var n = _rows.PoorCount;
        if (_byAge.Length <= n)
            _byAge = new double[2 * (n + 1)];
        var byAge = _byAge.AsSpan(0, n + 1);
        ParzenWeights.FillUnscaled(byAge, _options);
        var (age, row) = (0, 0);
        while (row < _rows.Count)
        {
            var poor = _rows.IsPoor[row..];
            var length = poor.IndexOf(false) is >= 0 and var end ? end : poor.Length;
            byAge.Slice(age, length).CopyTo(_weights.AsSpan(row));
            (age, row) = (age + length, row + length);
            if (row < _rows.Count)
                _weights[row++] = 0;
        }

        return Math.Log(PairwiseSum.Of(byAge));
    }

    private void Grow()
    {
        if (_constants.Length >= _rows.Count)
            return;
        Array.Resize(ref _constants, 2 * _rows.Count);
        Array.Resize(ref _weights, 2 * _rows.Count);
    }
}
