using Optuna.Studies;
using Optuna.Studies.State;
using Optuna.Trials;

namespace Optuna.Samplers.Tpe;

/// <summary>The complete and pruned trials that have one parameter, ascending by its value and then by number.</summary>
internal sealed class ValueOrder(ParamColumn column)
{
    private readonly Lock _gate = new();
    private int[] _numbers = [];
    private int _count;
    private int _finished;

    /// <summary>Writes the permutation that sorts a density's observations, equal ones in the order of their numbers.</summary>
    /// <param name="rows">Finished trials of the view and running ones, as <see cref="TrialRows.Rows"/> has them.</param>
    /// <param name="values">Their values.</param>
    /// <param name="indices">Room for an index per trial of the study.</param>
    /// <param name="order">As long as <paramref name="rows"/>.</param>
    internal void Fill(StudyView study, ReadOnlySpan<int> rows, ReadOnlySpan<double> values, ReadOnlySpan<int> indices, Span<int> order)
    {
        var filled = 0;
        lock (_gate)
        {
            Update(study);
            foreach (var number in _numbers.AsSpan(0, _count))
            {
                // A trial that finished after the view, or belongs to the other density, has no index.
                var index = number < indices.Length ? indices[number] : -1;
                if (index >= 0)
                    order[filled++] = index;
            }
        }

        for (var i = 0; i < rows.Length && filled < rows.Length; i++)
        {
            if (rows[i] < 0)
                Insert(values, order, i, filled++);
        }
    }

    private static void Insert(ReadOnlySpan<double> values, Span<int> order, int index, int filled)
    {
        var (low, high) = (0, filled);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (values[order[middle]] <= values[index])
                low = middle + 1;
            else
                high = middle;
        }

        order[low..filled].CopyTo(order[(low + 1)..]);
        order[low] = index;
    }

    private void Update(StudyView study)
    {
        var values = column.Values;
        var sorted = _count;
        var fresh = study.FinishOrder[Math.Min(_finished, study.FinishedCount)..];
        _finished = Math.Max(_finished, study.FinishedCount);
        if (_numbers.Length < _count + fresh.Length)
            Array.Resize(ref _numbers, 2 * (_count + fresh.Length));
        foreach (var number in fresh)
        {
            if (study.States[number] != (byte)TrialState.Fail && number < values.Length && double.IsFinite(values[number]))
                _numbers[_count++] = number;
        }

        // One by one as a study runs; many at once when it was opened.
        if (_count - sorted > 32)
            SortAll(values);
        else
            for (; sorted < _count; sorted++)
                Sink(values, sorted);
    }

    private void SortAll(ReadOnlySpan<double> values)
    {
        var numbers = _numbers.AsSpan(0, _count);
        numbers.Sort();
        var keys = new double[_count];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = values[numbers[i]];
        keys.AsSpan().Sort(numbers);
    }

    private void Sink(ReadOnlySpan<double> values, int last)
    {
        var number = _numbers[last];
        var (low, high) = (0, last);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (values[_numbers[middle]] <= values[number])
                low = middle + 1;
            else
                high = middle;
        }

        _numbers.AsSpan(low..last).CopyTo(_numbers.AsSpan(low + 1));
        _numbers[low] = number;
    }
}
