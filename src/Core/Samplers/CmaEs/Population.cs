namespace Optuna.Samplers.CmaEs;

/// <summary>The solutions of one generation, to be told together.</summary>
/// <remarks>Points are rows of one array, kept from generation to generation.</remarks>
internal sealed class Population(int size, int dimension)
{
    private readonly double[] _points = new double[size * dimension];
    private readonly double[] _values = new double[size];
    private readonly bool[] _injected = new bool[size];
    private readonly int[] _order = new int[size];

    internal int Size => size;

    internal int Count { get; private set; }

    internal bool IsFull => Count == size;

    /// <summary>Whether some solution was not drawn from the distribution it is told to.</summary>
    internal bool HasInjected { get; private set; }

    /// <summary>Adds a solution and gives its point's row to be filled in.</summary>
    /// <param name="value">To be minimised; NaN counts as the worst.</param>
    /// <param name="injected">It was drawn from an earlier distribution, or by someone else: how far it may pull is limited.</param>
    internal Span<double> Add(double value, bool injected = false)
    {
        _values[Count] = double.IsNaN(value) ? double.PositiveInfinity : value;
        _injected[Count] = injected;
        HasInjected |= injected;

        // Insertion keeps equal values in the order they came.
        var rank = Count;
        for (; rank > 0 && _values[_order[rank - 1]] > _values[Count]; rank--)
            _order[rank] = _order[rank - 1];
        _order[rank] = Count;
        return _points.AsSpan(Count++ * dimension, dimension);
    }

    /// <summary>Takes the last solution back.</summary>
    internal void RemoveLast()
    {
        Count--;
        var rank = Array.IndexOf(_order, Count, 0, Count + 1);
        Array.Copy(_order, rank + 1, _order, rank, Count - rank);
    }

    /// <param name="rank">0 for the best.</param>
    internal ReadOnlySpan<double> Point(int rank) => _points.AsSpan(_order[rank] * dimension, dimension);

    internal bool IsInjected(int rank) => _injected[_order[rank]];

    internal void Clear() => (Count, HasInjected) = (0, false);
}
