using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Optuna.Trials;

namespace Optuna.Studies.State;

/// <summary>Finished trials in columns by trial number. Append-only: a row is written once, when its trial ends.</summary>
/// <remarks>
/// Readers on other threads (see <see cref="StudyView"/>) look only at rows of trials that had finished when they were
/// given their view; growing copies the arrays, so those rows never move under them.
/// </remarks>
internal sealed class TrialTable(int objectives)
{
    private readonly double[][] _values = new double[objectives][];
    private byte[] _state = [];
    private int[] _shape = [];
    private long[] _started = [];
    private long[] _finished = [];
    private long[] _lease = [];
    private double[] _violation = [];
    private TrialDetail?[] _detail = [];
    private string?[] _worker = [];

    // Every trial of a worker has the same text: each event came with one of its own.
    private readonly HashSet<string> _workers = [];

    // A storage client may call a trial complete and give no value. Nobody can learn from it: to samplers and pruners it failed.
    private readonly HashSet<int> _valueless = [];

    /// <summary>As samplers and pruners see it: complete means that there are values.</summary>
    public TrialState State(int number) => (TrialState)_state[number];

    /// <summary>Objective value; NaN when the trial has none.</summary>
    public double Value(int objective, int number) => _values[objective][number];

    public ReadOnlySpan<double> Values(int objective) => Volatile.Read(ref _values[objective]);

    public ReadOnlySpan<byte> States => Volatile.Read(ref _state);

    public long Lease(int number) => _lease[number];

    /// <summary>Sum of the positive constraint values; NaN without constraints.</summary>
    public double Violation(int number) => _violation[number];

    public TrialDetail Detail(int number) => _detail[number] ?? TrialDetail.None;

    public int Shape(int number) => _shape[number];

    public void Add(in FinishedTrial trial, int shape, double violation)
    {
        var n = trial.Number;
        Grow(n + 1);
        for (var k = 0; k < objectives; k++)
            _values[k][n] = k < trial.Values.Length ? trial.Values[k] : double.NaN;
        if (trial is { State: TrialState.Complete, Values.IsEmpty: true })
            _valueless.Add(n);
        _state[n] = (byte)(_valueless.Contains(n) ? TrialState.Fail : trial.State);
        _shape[n] = shape;
        _started[n] = trial.StartedAt;
        _finished[n] = trial.FinishedAt;
        _lease[n] = trial.Lease;
        _violation[n] = violation;
        _detail[n] = trial.Detail.IsEmpty ? null : trial.Detail;
        _worker[n] = trial.Worker is { } worker ? Shared(worker) : null;
    }

    /// <summary>The row as it was added.</summary>
    public FinishedTrial Row(int number, ParamTable table, ParamShapes shapes)
    {
        var shape = shapes[_shape[number]];
        var values = new ParamValue[shape.Length];
        for (var i = 0; i < shape.Length; i++)
            values[i] = new ParamValue(shape[i], table.ColumnOf(shape[i])[number]);
        return new FinishedTrial(
            number, _valueless.Contains(number) ? TrialState.Complete : State(number), ValuesOf(number), _started[number], _finished[number], _lease[number],
            ImmutableCollectionsMarshal.AsImmutableArray(values), Detail(number), _worker[number]);
    }

    public ImmutableArray<double> ValuesOf(int number)
    {
        if (double.IsNaN(_values[0][number]))
            return [];
        var values = new double[objectives];
        for (var k = 0; k < values.Length; k++)
            values[k] = _values[k][number];
        return ImmutableCollectionsMarshal.AsImmutableArray(values);
    }

    private void Grow(int needed)
    {
        if (needed <= _state.Length)
            return;
        var size = Math.Max(16, Math.Max(needed, _state.Length * 2));
        for (var k = 0; k < objectives; k++)
            Volatile.Write(ref _values[k], Copy(_values[k] ?? [], size));
        Volatile.Write(ref _state, Copy(_state, size));
        _shape = Copy(_shape, size);
        _started = Copy(_started, size);
        _finished = Copy(_finished, size);
        _lease = Copy(_lease, size);
        _violation = Copy(_violation, size);
        _detail = Copy(_detail, size);
        _worker = Copy(_worker, size);
    }

    private string Shared(string worker)
    {
        if (_workers.TryGetValue(worker, out var known))
            return known;
        _workers.Add(worker);
        return worker;
    }

    private static T[] Copy<T>(T[] from, int size)
    {
        var to = new T[size];
        from.CopyTo(to, 0);
        return to;
    }
}
