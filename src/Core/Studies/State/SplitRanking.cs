using System.Collections.Immutable;
using Optuna.Trials;

namespace Optuna.Studies.State;

/// <summary>
/// The best finished trials of a study with one objective, in the order of <see cref="SplitKey"/>.
/// </summary>
/// <remarks>
/// Only the first <see cref="Capacity"/> are kept, because TPE's good set has no more by default: keeping the order costs
/// nothing that grows with the number of trials. The array is replaced, never changed, so views share it.
/// </remarks>
internal sealed class SplitRanking
{
    public const int Capacity = 25;

    private readonly List<SplitKey> _best = new(Capacity + 1);

    public ImmutableArray<int> Numbers { get; private set; } = [];

    /// <param name="number">Of a finished trial whose row is written.</param>
    public void Add(TrialTable trials, int number, StudyDirection direction)
    {
        if (trials.State(number) == TrialState.Fail)
            return;
        var entry = SplitKey.Of(trials, number, direction);
        if (_best.Count == Capacity && entry.CompareTo(_best[^1]) >= 0)
            return;
        var at = _best.BinarySearch(entry);
        _best.Insert(~at, entry);
        if (_best.Count > Capacity)
            _best.RemoveAt(Capacity);
        Numbers = [.. _best.Select(e => e.Number)];
    }
}
