using System.Collections.Immutable;
using Optuna.Studies;
using Optuna.Studies.State;
using Optuna.Trials;

namespace Optuna.Samplers.Tpe.Mixture;

/// <summary>
/// The trials that TPE's two densities over one space are fitted to, ascending by number: complete and pruned ones, and those
/// that run, as far as they have all parameters of the space. Brought up to date from draw to draw instead of gathered anew.
/// </summary>
/// <remarks>What it holds after <see cref="Bring"/> follows from that call alone, whatever was held before.</remarks>
internal sealed class TrialRows
{
    // More changes at once than this, and more than there are rows: everything is gathered anew.
    private const int Few = 64;

    private readonly string[] _names;
    private readonly ParamColumn?[] _columns;
    private readonly double[][] _values;
    private readonly double[] _read;
    private readonly List<int> _taken = [];
    private readonly List<int> _undecided = [];
    private readonly List<RunningView> _running = [];
    private int[] _numbers = [];
    private bool[] _isPoor = [];
    private int[] _rowOf = [];
    private int[] _good = [];
    private int _goodCount;

    internal TrialRows(IEnumerable<string> names)
    {
        _names = [.. names];
        _columns = new ParamColumn?[_names.Length];
        _values = [.. _names.Select(_ => Array.Empty<double>())];
        _read = new double[_names.Length];
    }

    /// <summary>Told of every change to the rows; null while nobody needs to know.</summary>
    internal IRowWatcher? Watcher { get; set; }

    /// <summary>How many rows there are.</summary>
    internal int Count { get; private set; }

    /// <summary>How many of them belong to the poor trials; the others are good ones.</summary>
    internal int PoorCount { get; private set; }

    internal int GoodCount => Count - PoorCount;

    internal int Parameters => _names.Length;

    /// <summary>By row, the trial's number, ascending.</summary>
    internal ReadOnlySpan<int> Numbers => _numbers.AsSpan(0, Count);

    internal ReadOnlySpan<bool> IsPoor => _isPoor.AsSpan(0, Count);

    /// <summary>By row, the internal value of one parameter.</summary>
    internal ReadOnlySpan<double> Values(int parameter) => _values[parameter].AsSpan(0, Count);

    /// <summary>The row of a trial, or −1.</summary>
    internal int RowOf(int number) => number < _rowOf.Length ? _rowOf[number] : -1;

    /// <summary>The values of the poor trials, oldest first.</summary>
    internal void GatherPoor(int parameter, Span<double> values)
    {
        var n = 0;
        var column = _values[parameter];
        for (var row = 0; row < Count; row++)
        {
            if (_isPoor[row])
                values[n++] = column[row];
        }
    }

    /// <summary>The values of the good trials, oldest first.</summary>
    internal void GatherGood(int parameter, Span<double> values)
    {
        var n = 0;
        foreach (var number in _good.AsSpan(0, _goodCount))
        {
            if (RowOf(number) is >= 0 and var row)
                values[n++] = _values[parameter][row];
        }
    }

    /// <summary>Brings the rows to a view of the study.</summary>
    /// <param name="good">Numbers of the good trials, ascending.</param>
    /// <param name="running">Trials that run and count as poor, ascending.</param>
    /// <param name="self">The trial that is drawn for: no evidence about itself.</param>
    internal void Bring(StudyView study, ReadOnlySpan<int> good, ImmutableArray<RunningView> running, int self)
    {
        // A draw on another thread may have been for a later view.
        for (; _taken.Count > study.FinishedCount; _taken.RemoveAt(_taken.Count - 1))
            RemoveTrial(_taken[^1]);
        for (var j = 0; j < _names.Length; j++)
            _columns[j] ??= study.Column(_names[j]);

        var fresh = study.FinishOrder[_taken.Count..];
        if (fresh.Length > Few && fresh.Length > Count)
            fresh = Reload(study);
        foreach (var number in fresh)
        {
            _taken.Add(number);
            Take(number, TryRead(study, number));
        }

        BringRunning(study, running, self);
        Split(good);
    }

    // In order of number, so that rows are only ever added at the end.
    private ReadOnlySpan<int> Reload(StudyView study)
    {
        var watcher = Watcher;
        Watcher = null;
        for (var row = 0; row < Count; row++)
            _rowOf[_numbers[row]] = -1;
        (Count, PoorCount, _goodCount) = (0, 0, 0);
        _running.Clear();
        _undecided.Clear();
        _taken.Clear();
        foreach (var number in study.FinishOrder)
            _taken.Add(number);
        for (var number = 0; number < study.TrialCount; number++)
        {
            if (study.IsFinished(number))
                Take(number, TryRead(study, number));
        }

        Watcher = watcher;
        watcher?.Reloaded();
        return [];
    }

    private bool TryRead(StudyView study, int number)
    {
        if (study.States[number] == (byte)TrialState.Fail)
            return false;
        for (var j = 0; j < _columns.Length; j++)
        {
            // A queued trial may have been given an infinite value, which no kernel can stand on.
            if (!double.IsFinite(_read[j] = _columns[j]?[number] ?? double.NaN))
                return false;
        }

        return true;
    }

    private bool TryRead(RunningView trial)
    {
        for (var j = 0; j < _names.Length; j++)
        {
            if (!double.IsFinite(_read[j] = trial[_names[j]]))
                return false;
        }

        return true;
    }

    private void Take(int number, bool hasValues)
    {
        if (RowOf(number) is >= 0 and var row)
        {
            if (hasValues && IsAsRead(row))
                return;
            Remove(row);
        }

        if (hasValues)
            Insert(number);
    }

    private bool IsAsRead(int row)
    {
        for (var j = 0; j < _read.Length; j++)
        {
            if (_values[j][row] != _read[j])
                return false;
        }

        return true;
    }

    private void BringRunning(StudyView study, ImmutableArray<RunningView> running, int self)
    {
        // A view of a running trial is the same object as long as nothing became of the trial.
        if (_running.Count == 0 && (running.IsEmpty || (running.Length == 1 && running[0].Number == self)))
            return;
        var next = 0;
        foreach (var known in _running)
        {
            while (next < running.Length && running[next].Number < known.Number)
                next++;
            var stays = next < running.Length && ReferenceEquals(running[next], known) && known.Number != self;
            if (!stays && !study.IsFinished(known.Number))
                RemoveTrial(known.Number);
        }

        _running.Clear();
        foreach (var trial in running)
        {
            if (trial.Number == self)
                continue;
            if (RowOf(trial.Number) < 0)
            {
                if (!TryRead(trial))
                    continue;
                Insert(trial.Number);
            }

            _running.Add(trial);
        }
    }

    private void Split(ReadOnlySpan<int> good)
    {
        foreach (var number in _undecided)
        {
            if (RowOf(number) is >= 0 and var row && !_isPoor[row] && good.BinarySearch(number) < 0)
                Join(row);
        }

        _undecided.Clear();
        foreach (var number in _good.AsSpan(0, _goodCount))
        {
            if (RowOf(number) is >= 0 and var row && !_isPoor[row] && good.BinarySearch(number) < 0)
                Join(row);
        }

        foreach (var number in good)
        {
            if (RowOf(number) is >= 0 and var row && _isPoor[row])
                Leave(row);
        }

        if (_good.Length < good.Length)
            _good = new int[2 * good.Length];
        good.CopyTo(_good);
        _goodCount = good.Length;
    }

    private void Insert(int number)
    {
        var row = Count == 0 || _numbers[Count - 1] < number ? Count : ~Numbers.BinarySearch(number);
        Grow(number);
        Shift(_numbers, row, Count, 1);
        Shift(_isPoor, row, Count, 1);
        _numbers[row] = number;
        _isPoor[row] = false;
        for (var j = 0; j < _values.Length; j++)
        {
            Shift(_values[j], row, Count, 1);
            _values[j][row] = _read[j];
        }

        Count++;
        for (var r = row; r < Count; r++)
            _rowOf[_numbers[r]] = r;
        _undecided.Add(number);
        Watcher?.Inserted(row);
    }

    private void RemoveTrial(int number)
    {
        if (RowOf(number) is >= 0 and var row)
            Remove(row);
    }

    private void Remove(int row)
    {
        if (_isPoor[row])
            Leave(row);
        Watcher?.Removing(row);
        _rowOf[_numbers[row]] = -1;
        Shift(_numbers, row + 1, Count, -1);
        Shift(_isPoor, row + 1, Count, -1);
        foreach (var column in _values)
            Shift(column, row + 1, Count, -1);
        Count--;
        for (var r = row; r < Count; r++)
            _rowOf[_numbers[r]] = r;
    }

    private void Join(int row)
    {
        _isPoor[row] = true;
        PoorCount++;
        Watcher?.Joined(row);
    }

    private void Leave(int row)
    {
        Watcher?.Leaving(row);
        _isPoor[row] = false;
        PoorCount--;
    }

    private void Grow(int number)
    {
        if (Count == _numbers.Length)
        {
            var size = Math.Max(64, 2 * Count);
            Array.Resize(ref _numbers, size);
            Array.Resize(ref _isPoor, size);
            for (var j = 0; j < _values.Length; j++)
                Array.Resize(ref _values[j], size);
        }

        if (number < _rowOf.Length)
            return;
        var known = _rowOf.Length;
        Array.Resize(ref _rowOf, Math.Max(64, 2 * (number + 1)));
        _rowOf.AsSpan(known).Fill(-1);
    }

    /// <summary>Moves the elements from one index to another up or down by one.</summary>
    internal static void Shift<T>(T[] array, int from, int to, int by) => Array.Copy(array, from, array, from + by, to - from);
}

/// <summary>Keeps something per row of a <see cref="TrialRows"/>.</summary>
internal interface IRowWatcher
{
    /// <summary>A row was made; it is not yet poor. The rows from it on have moved up.</summary>
    void Inserted(int row);

    /// <summary>A row, no longer poor, is about to go; the rows after it will move down.</summary>
    void Removing(int row);

    /// <summary>A row has become one of the poor trials.</summary>
    void Joined(int row);

    /// <summary>A row is about to be no longer one of the poor trials.</summary>
    void Leaving(int row);

    /// <summary>All rows are new; none is poor yet.</summary>
    void Reloaded();
}
