using System.Numerics;

namespace Optuna.Importance;

/// <summary>
/// A categorical's marginal over its one-hot cube, where each column is split in the middle. A part of the cube says of
/// some columns that they are 0, and of at most one that it is 1: below that one nothing is left to ask.
/// </summary>
internal sealed class ChoiceMarginal : IMarginal
{
    private readonly Dictionary<Part, int> _index = [];
    private readonly List<(Part Part, double Height)> _parts = [];
    private readonly Stack<(int Part, int Choice)> _path = new();
    private readonly int _words;
    private int _at;

    public ChoiceMarginal(ForestFeature feature)
    {
        _words = (feature.Choices + 63) / 64;
        _at = Find(new Part(new ulong[_words], -1));
    }

    public double Width => _parts[_at].Part.Width;

    public void EnterLeft(double threshold)
    {
        var choice = (int)threshold;
        _path.Push((_at, choice));
        var zeros = (ulong[])_parts[_at].Part.Zeros.Clone();
        zeros[choice / 64] |= 1UL << (choice % 64);
        _at = Find(new Part(zeros, _parts[_at].Part.One));
    }

    public void EnterRightInstead()
    {
        var (before, choice) = _path.Peek();
        _at = Find(new Part(_parts[before].Part.Zeros, choice));
    }

    public void Leave() => (_at, _) = _path.Pop();

    public void Add(double height) => _parts[_at] = _parts[_at] with { Height = _parts[_at].Height + height };

    // ∫ (Σ h_i 1_i)² = Σ h_i h_j |part i ∩ part j|: as many terms as pairs of parts, however many corners the cube has.
    public double Variance()
    {
        var (mean, square) = (0.0, 0.0);
        var used = _parts.Where(p => p.Height != 0).ToArray();
        for (var i = 0; i < used.Length; i++)
        {
            mean += used[i].Height * used[i].Part.Width;
            square += used[i].Height * used[i].Height * used[i].Part.Width;
            for (var j = 0; j < i; j++)
                square += 2 * used[i].Height * used[j].Height * used[i].Part.Shared(used[j].Part);
        }

        return square - (mean * mean);
    }

    private int Find(Part part)
    {
        if (_index.TryGetValue(part, out var known))
            return known;
        _parts.Add((part, 0));
        _index.Add(part, _parts.Count - 1);
        return _parts.Count - 1;
    }

    /// <param name="zeros">A bit for each column that is 0.</param>
    /// <param name="one">The column that is 1, or −1.</param>
    private sealed class Part(ulong[] zeros, int one) : IEquatable<Part>
    {
        public ulong[] Zeros => zeros;

        public int One => one;

        public double Width { get; } = Math.ScaleB(1, -(zeros.Sum(BitOperations.PopCount) + (one < 0 ? 0 : 1)));

        /// <summary>The volume of what two parts have in common.</summary>
        public double Shared(Part other)
        {
            if (IsZero(other.One) || other.IsZero(one))
                return 0;
            var halved = (one < 0 ? 0 : 1) + (other.One < 0 || other.One == one ? 0 : 1);
            for (var w = 0; w < zeros.Length; w++)
                halved += BitOperations.PopCount(zeros[w] | other.Zeros[w]);
            return Math.ScaleB(1, -halved);
        }

        public bool Equals(Part? other) => other is not null && one == other.One && zeros.AsSpan().SequenceEqual(other.Zeros);

        public override bool Equals(object? obj) => Equals(obj as Part);

        public override int GetHashCode() => HashCode.Combine(one, zeros[0], zeros[^1]);

        private bool IsZero(int column) => column >= 0 && (zeros[column / 64] >> (column % 64) & 1) != 0;
    }
}
