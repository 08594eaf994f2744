namespace Optuna.MultiObjective;

/// <summary>Points by non-dominated rank, kept up as points come: only ranks that change are touched.</summary>
/// <remarks>Li et al. 2017 (efficient non-domination level update): what a new point pushes out of its rank goes to the next as a whole.</remarks>
internal sealed class RankedFronts(int dimensions)
{
    private readonly List<List<int>> _fronts = [];
    private readonly List<int> _changed = [];
    private double[] _losses = [];
    private int _count;

    internal int Count => _count;

    /// <summary>How many ranks there are.</summary>
    internal int Ranks => _fronts.Count;

    /// <summary>The members of one rank by the numbers they were given in <see cref="Add"/>, 0 for the first; in no particular order.</summary>
    internal IReadOnlyList<int> this[int rank] => _fronts[rank];

    /// <summary>A number that differs whenever a rank's members do.</summary>
    internal int VersionOf(int rank) => _changed[rank];

    /// <summary>The losses of the point that was added as number <paramref name="index"/>.</summary>
    internal ReadOnlySpan<double> Losses(int index) => _losses.AsSpan(index * dimensions, dimensions);

    /// <summary>Takes in one more point.</summary>
    /// <param name="losses">No NaN.</param>
    internal void Add(ReadOnlySpan<double> losses)
    {
        if (_losses.Length < (_count + 1) * dimensions)
            Array.Resize(ref _losses, Math.Max(16 * dimensions, _losses.Length * 2));
        losses.CopyTo(_losses.AsSpan(_count * dimensions));
        var (rank, high) = (0, _fronts.Count);
        while (rank < high)
        {
            var middle = (rank + high) >>> 1;
            if (IsDominated(losses, _fronts[middle]))
                rank = middle + 1;
            else
                high = middle;
        }

        List<int> coming = [_count++];
        for (; coming.Count > 0; rank++)
            coming = Enter(rank, coming);
    }

    /// <summary>Takes back the point that was added last.</summary>
    internal void RemoveLast()
    {
        var index = --_count;
        var rank = _fronts.FindIndex(front => front.Contains(index));
        _fronts[rank].Remove(index);
        _changed[rank]++;
        // Whatever of the next rank nothing dominates any more moves up, and leaves room there in its turn.
        for (; rank + 1 < _fronts.Count && Rise(rank); rank++)
        {
        }

        if (_fronts[^1].Count == 0)
            _fronts.RemoveAt(_fronts.Count - 1);
    }

    private bool Rise(int rank)
    {
        var (front, next) = (_fronts[rank], _fronts[rank + 1]);
        var rising = next.FindAll(i => !IsDominated(Losses(i), front));
        if (rising.Count == 0)
            return false;
        next.RemoveAll(rising.Contains);
        front.AddRange(rising);
        _changed[rank]++;
        _changed[rank + 1]++;
        return true;
    }

    // Returns those that the newcomers push out.
    private List<int> Enter(int rank, List<int> coming)
    {
        if (rank == _fronts.Count)
            _fronts.Add([]);
        if (rank == _changed.Count)
            _changed.Add(0);

        _changed[rank]++;
        var front = _fronts[rank];
        var leaving = new List<int>();
        var kept = 0;
        for (var i = 0; i < front.Count; i++)
        {
            if (IsDominated(Losses(front[i]), coming))
                leaving.Add(front[i]);
            else
                front[kept++] = front[i];
        }

        front.RemoveRange(kept, front.Count - kept);
        front.AddRange(coming);
        return leaving;
    }

    private bool IsDominated(ReadOnlySpan<double> losses, List<int> by)
    {
        foreach (var index in by)
        {
            if (Domination.Dominates(Losses(index), losses))
                return true;
        }

        return false;
    }
}
