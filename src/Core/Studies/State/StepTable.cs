using System.Collections.Immutable;

namespace Optuna.Studies.State;

/// <summary>Per step, the values complete trials reported there, in order: what percentile pruners compare with.</summary>
internal sealed class StepTable
{
    private readonly Dictionary<long, SortedValues> _steps = [];

    /// <summary>Largest step any of them reported; −1 when there is none.</summary>
    public long Last { get; private set; } = -1;

    public SortedValues At(long step) => _steps.GetValueOrDefault(step) ?? SortedValues.Empty;

    public void Add(ImmutableSortedDictionary<long, double> reports)
    {
        foreach (var (step, value) in reports)
        {
            if (!_steps.TryGetValue(step, out var values))
                _steps.Add(step, values = new SortedValues());
            values.Add(value);
            Last = Math.Max(Last, step);
        }
    }
}

/// <summary>A growing multiset of numbers in ascending order, in blocks, so that adding costs O(√n) and the k-th is found in O(√n).</summary>
public sealed class SortedValues
{
    private const int BlockSize = 512;

    internal static readonly SortedValues Empty = new();

    private readonly List<List<double>> _blocks = [];

    /// <summary>How many were added, NaN included.</summary>
    public int Count { get; private set; }

    /// <summary>How many of them are numbers.</summary>
    public int NumberCount { get; private set; }

    /// <summary>The k-th smallest number, from 0.</summary>
    public double this[int k]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(k);
            foreach (var block in _blocks)
            {
                if (k < block.Count)
                    return block[k];
                k -= block.Count;
            }

            throw new ArgumentOutOfRangeException(nameof(k));
        }
    }

    internal void Add(double value)
    {
        Count++;
        if (double.IsNaN(value))
            return;
        NumberCount++;
        if (_blocks.Count == 0)
            _blocks.Add([]);
        var b = 0;
        while (b < _blocks.Count - 1 && _blocks[b][^1] < value)
            b++;
        var block = _blocks[b];
        var at = block.BinarySearch(value);
        block.Insert(at < 0 ? ~at : at, value);
        if (block.Count <= BlockSize)
            return;
        _blocks.Insert(b + 1, block.GetRange(BlockSize / 2, block.Count - BlockSize / 2));
        block.RemoveRange(BlockSize / 2, block.Count - BlockSize / 2);
    }
}
