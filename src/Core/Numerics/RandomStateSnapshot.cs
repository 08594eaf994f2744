using System.Collections.Immutable;

namespace Optuna.Numerics;

/// <summary>
/// All a <see cref="RandomState"/> remembers, the same five facts as NumPy's <c>get_state()</c>, so a stream can be put
/// aside and continued with the very next draw.
/// </summary>
/// <param name="Key">The 624 words of MT19937.</param>
/// <param name="Position">How many of them are used up, 0 to 624.</param>
/// <param name="HasGauss">Whether the polar method has a second normal number in hand.</param>
/// <param name="CachedGaussian">That number; 0 when there is none.</param>
public sealed record RandomStateSnapshot(ImmutableArray<uint> Key, int Position, bool HasGauss, double CachedGaussian)
{
    public bool Equals(RandomStateSnapshot? other) =>
        other is not null && Position == other.Position && HasGauss == other.HasGauss &&
        CachedGaussian.Equals(other.CachedGaussian) && Key.AsSpan().SequenceEqual(other.Key.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Position, HasGauss, CachedGaussian, Key.Length, Key[0]);
}
