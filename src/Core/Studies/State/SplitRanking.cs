using System.Collections.Immutable;
using Optuna.Trials;

namespace Optuna.Studies.State;

/// <summary>
/// The best finished trials of a study with one objective, in TPE's order: feasible complete ones by value, feasible
/// pruned ones by how far they came, infeasible ones by how much they violate; equal ones by number.
/// </summary>
/// <remarks>
/// Only the first <see cref="Capacity"/> are kept, because TPE's good set never has more: keeping the order costs
/// nothing that grows with the number of trials. The array is replaced, never changed, so views share it.
/// </remarks>
internal sealed class SplitRanking
{
    public const int Capacity = 25;

    private readonly List<Entry> _best = new(Capacity + 1);

    public ImmutableArray<int> Numbers { get; private set; } = [];

    public void Add(FinishedTrial trial, StudyDirection direction, double violation)
    {
        if (trial.State == TrialState.Fail)
            return;
        var sign = direction == StudyDirection.Minimize ? 1.0 : -1.0;
        var entry = violation > 0 ? new Entry(2, violation, 0, trial.Number)
            : trial.State == TrialState.Complete ? new Entry(0, sign * trial.Values[0], 0, trial.Number)
            : Pruned(trial, sign);
        if (_best.Count == Capacity && entry.CompareTo(_best[^1]) >= 0)
            return;
        var at = _best.BinarySearch(entry);
        _best.Insert(~at, entry);
        if (_best.Count > Capacity)
            _best.RemoveAt(Capacity);
        Numbers = [.. _best.Select(e => e.Number)];
    }

    private static Entry Pruned(FinishedTrial trial, double sign)
    {
        if (trial.Detail.Reports.IsEmpty)
            return new Entry(1, 1, 0, trial.Number);
        var (step, value) = trial.Detail.Reports.Last();
        return new Entry(1, -step, double.IsNaN(value) ? double.PositiveInfinity : sign * value, trial.Number);
    }

    private readonly record struct Entry(int Class, double First, double Second, int Number) : IComparable<Entry>
    {
        public int CompareTo(Entry other) =>
            Class != other.Class ? Class.CompareTo(other.Class)
            : First != other.First ? First.CompareTo(other.First)
            : Second != other.Second ? Second.CompareTo(other.Second)
            : Number.CompareTo(other.Number);
    }
}
