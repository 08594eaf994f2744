using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Optuna.Studies;
using Optuna.Studies.State;
using Optuna.Trials;

namespace Optuna.Samplers.Tpe;

/// <summary>The trials one density is fitted to, ascending by number, and their parameters' values as columns.</summary>
internal sealed class TrialRows
{
    private const int Run = 32;

    // A trial's number; of a running one the complement of its index in _running.
    private int[] _rows = [];
    private double[] _values = [];
    private int[] _indices = [];
    private bool _hasIndices;
    private ImmutableArray<RunningView> _running = [];

    internal int Count { get; private set; }

    /// <summary>The number of a finished trial, or negative for a running one.</summary>
    internal ReadOnlySpan<int> Rows => _rows.AsSpan(0, Count);

    /// <summary>Takes these finished trials.</summary>
    internal void Take(ReadOnlySpan<int> numbers)
    {
        Begin(numbers.Length, []);
        numbers.CopyTo(_rows);
        Count = numbers.Length;
    }

    /// <summary>Takes all complete and pruned trials but some, and those that run.</summary>
    /// <param name="except">Ascending.</param>
    /// <param name="running">Ascending by number.</param>
    /// <param name="self">The trial that is drawn for: no evidence about itself.</param>
    internal void TakeOthers(StudyView study, ReadOnlySpan<int> except, ImmutableArray<RunningView> running, int self)
    {
        var ranks = study.FinishRanks;
        var states = study.States;
        var used = Math.Min(study.TrialCount, ranks.Length);
        Begin(used + running.Length, running);
        var (rows, count, skipped, next, finished) = (_rows, 0, 0, 0, study.FinishedCount);
        for (var number = 0; number < used; number++)
        {
            if (ranks[number] >= finished)
            {
                if (next < running.Length && running[next].Number == number)
                    Add(next++);
            }
            else if (skipped < except.Length && except[skipped] == number)
            {
                skipped++;
            }
            else if (states[number] != (byte)TrialState.Fail)
            {
                rows[count++] = number;
            }
        }

        for (; next < running.Length; next++)
            Add(next);
        Count = count;

        void Add(int index)
        {
            if (running[index].Number != self)
                rows[count++] = ~index;
        }
    }

    /// <summary>Leaves out trials without a parameter of this name.</summary>
    internal void KeepThoseWith(StudyView study, string name)
    {
        var column = study.Column(name) is { } c ? c.Values : [];
        var kept = 0;
        foreach (var row in Rows)
        {
            // A queued trial may have been given an infinite value, which no kernel can stand on.
            if (!double.IsFinite(ValueOf(row, column, name)))
                continue;
            _rows[kept++] = row;
        }

        (Count, _hasIndices) = (kept, false);
    }

    /// <summary>The internal values of one parameter; valid until the next call.</summary>
    /// <returns>False where a row has no (finite) value: see <see cref="KeepThoseWith"/>.</returns>
    internal bool TryValues(StudyView study, string name, out ReadOnlySpan<double> values)
    {
        var column = study.Column(name) is { } c ? c.Values : [];
        if (_values.Length < Count)
            _values = new double[_rows.Length];
        var found = _values.AsSpan(0, Count);
        var i = 0;
        while (i < Count)
        {
            // Nearly all trials of a long study are rows, so they mostly lie side by side in the column too.
            var (first, next) = (_rows[i], i + Run);
            if (_running.IsEmpty && next <= Count && _rows[next - 1] - first == Run - 1 && _rows[next - 1] < column.Length)
            {
                column.Slice(first, Run).CopyTo(found[i..]);
                i = next;
            }
            else
            {
                found[i] = ValueOf(first, column, name);
                i++;
            }
        }

        values = found;
        return AllFinite(found);
    }

    private static bool AllFinite(ReadOnlySpan<double> values)
    {
        // x − x is 0 for a finite x, else no number, and so is any sum with it.
        ref var first = ref MemoryMarshal.GetReference(values);
        var sum = Vector256<double>.Zero;
        var i = 0;
        for (; i <= values.Length - 4; i += 4)
        {
            var v = Vector256.LoadUnsafe(ref first, (nuint)i);
            sum += v - v;
        }

        var rest = 0.0;
        for (; i < values.Length; i++)
            rest += values[i] - values[i];
        return Vector256.Sum(sum) + rest == 0;
    }

    /// <summary>By trial number, the trial's index among the rows; −1 for those that are none, and for running ones.</summary>
    internal ReadOnlySpan<int> Indices(StudyView study)
    {
        if (_indices.Length < study.TrialCount)
            _indices = new int[2 * study.TrialCount];
        var indices = _indices.AsSpan(0, study.TrialCount);
        if (_hasIndices)
            return indices;
        indices.Fill(-1);
        for (var i = 0; i < Count; i++)
        {
            if (_rows[i] >= 0)
                indices[_rows[i]] = i;
        }

        _hasIndices = true;
        return indices;
    }

    private double ValueOf(int row, ReadOnlySpan<double> column, string name) =>
        row < 0 ? _running[~row][name] : row < column.Length ? column[row] : double.NaN;

    private void Begin(int most, ImmutableArray<RunningView> running)
    {
        (_running, _hasIndices) = (running, false);
        if (_rows.Length < most)
            _rows = new int[2 * most];
    }
}
