using Optuna.Trials;

namespace Optuna.Studies.State;

/// <summary>Which trials have finished, in what order, and what they have in common: of a whole study, or of one bracket of it.</summary>
/// <remarks>
/// The trials themselves stand in the study's columns. Append-only like those: readers on other threads look only below
/// the count they were given, and growing copies the arrays.
/// </remarks>
internal sealed class TrialHistory(ParamTable table)
{
    private const int Unfinished = int.MaxValue;

    private int[] _rank = [];
    private int[] _order = [];

    /// <summary>How many trials are in it.</summary>
    public int Count { get; private set; }

    public int Complete { get; private set; }

    public int Pruned { get; private set; }

    public int Failed { get; private set; }

    public SeenSpaces Spaces { get; } = new(table);

    public SplitRanking Ranking { get; } = new();

    /// <summary>By number: how many trials of this history had finished before it; int.MaxValue while unfinished or not in it.</summary>
    public ReadOnlySpan<int> Rank => Volatile.Read(ref _rank);

    /// <summary>By rank: numbers in the order they finished.</summary>
    public ReadOnlySpan<int> Order => Volatile.Read(ref _order);

    public bool Contains(int number) => (uint)number < (uint)_rank.Length && _rank[number] != Unfinished;

    /// <summary>Takes in a trial whose row is written.</summary>
    public void Add(StudyState state, int number)
    {
        var trials = state.Trials;
        var (end, shape) = (trials.State(number), trials.Shape(number));
        Spaces.Add(end, shape, state.Shapes[shape]);
        switch (end)
        {
            case TrialState.Complete: Complete++; break;
            case TrialState.Pruned: Pruned++; break;
            default: Failed++; break;
        }

        if (state.Directions.Length == 1)
            Ranking.Add(trials, number, state.Directions[0]);
        Grow(number + 1);
        _order[Count] = number;
        Volatile.Write(ref _rank[number], Count++);
    }

    private void Grow(int needed)
    {
        if (needed <= _rank.Length)
            return;
        var size = Math.Max(16, Math.Max(needed, _rank.Length * 2));
        var order = new int[size];
        _order.CopyTo(order, 0);
        Volatile.Write(ref _order, order);
        var rank = new int[size];
        _rank.CopyTo(rank, 0);
        rank.AsSpan(_rank.Length).Fill(Unfinished);
        Volatile.Write(ref _rank, rank);
    }
}
