using System.Collections.Immutable;

namespace Optuna.Numerics;

/// <summary>
/// A stream of random numbers, bit for bit that of NumPy's legacy <c>RandomState</c>: the same seed and the same calls in
/// the same order give the same numbers, which is what makes a study reproducible across both implementations.
/// </summary>
/// <remarks>Not thread-safe: a draw moves the stream on. Give each thread its own, see <see cref="ForTrial"/>.</remarks>
public sealed partial class RandomState
{
    private readonly MersenneTwister _words = new();
    private bool _hasGauss;
    private double _gauss;

    private RandomState()
    {
    }

    /// <summary>The stream of <c>RandomState(seed)</c>.</summary>
    public RandomState(uint seed) => _words.Seed(seed);

    /// <summary>The stream of <c>RandomState([s0, s1, …])</c>.</summary>
    /// <exception cref="ArgumentException"><paramref name="seeds"/> is empty.</exception>
    public RandomState(ReadOnlySpan<uint> seeds)
    {
        if (seeds.IsEmpty)
            throw new ArgumentException("A random stream needs at least one seed word, but seeds is empty.", nameof(seeds));
        _words.Seed(seeds);
    }

    /// <summary>A stream for someone who gave no seed: all 64 bits of <paramref name="entropy"/> decide it.</summary>
    public static RandomState FromEntropy(ulong entropy) => new([(uint)entropy, (uint)(entropy >> 32)]);

    /// <summary>
    /// The stream of one trial: independent of every other trial's and of other <paramref name="stream"/>s of the same
    /// trial, and the same wherever and whenever it is made.
    /// </summary>
    /// <param name="studySeed">Decides the whole study.</param>
    /// <param name="trialNumber">0 or more.</param>
    /// <param name="stream">Tells apart what draws within one trial, such as relative and independent sampling.</param>
    public static RandomState ForTrial(ulong studySeed, int trialNumber, uint stream)
    {
        var random = new RandomState();
        random.ReseedForTrial(studySeed, trialNumber, stream);
        return random;
    }

    /// <summary>Makes this the stream of <see cref="ForTrial"/> without a new object.</summary>
    public void ReseedForTrial(ulong studySeed, int trialNumber, uint stream)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(trialNumber);
        Reseed([(uint)studySeed, (uint)(studySeed >> 32), (uint)trialNumber, stream]);
    }

    /// <summary>Starts the stream of <c>RandomState(seed)</c> afresh, as <c>seed(seed)</c> does.</summary>
    public void Reseed(uint seed)
    {
        _words.Seed(seed);
        (_hasGauss, _gauss) = (false, 0);
    }

    /// <summary>Starts the stream of <c>RandomState([s0, s1, …])</c> afresh.</summary>
    public void Reseed(ReadOnlySpan<uint> seeds)
    {
        if (seeds.IsEmpty)
            throw new ArgumentException("A random stream needs at least one seed word, but seeds is empty.", nameof(seeds));
        _words.Seed(seeds);
        (_hasGauss, _gauss) = (false, 0);
    }

    /// <summary>Where the stream stands now.</summary>
    public RandomStateSnapshot GetState() => new([.. _words.Key], _words.Position, _hasGauss, _gauss);

    /// <summary>A stream that goes on where <paramref name="state"/> was taken.</summary>
    /// <exception cref="ArgumentException">The key has not 624 words, or the position is not 0 to 624.</exception>
    public static RandomState FromState(RandomStateSnapshot state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Key.IsDefault || state.Key.Length != MersenneTwister.Size)
            throw new ArgumentException($"A random state has {MersenneTwister.Size} key words, but state has {(state.Key.IsDefault ? 0 : state.Key.Length)}.", nameof(state));
        if (state.Position is < 0 or > MersenneTwister.Size)
            throw new ArgumentException($"A random state's position is 0 to {MersenneTwister.Size}, but state has {state.Position}.", nameof(state));

        var random = new RandomState { _hasGauss = state.HasGauss, _gauss = state.CachedGaussian };
        random._words.Restore(state.Key.AsSpan(), state.Position);
        return random;
    }

    /// <summary>The next raw 32 bits.</summary>
    public uint NextUInt32() => _words.Next();

    /// <summary>The next raw 64 bits, the earlier word on top.</summary>
    public ulong NextUInt64() => ((ulong)_words.Next() << 32) | _words.Next();

    /// <summary>A number in [0, 1) with 53 random bits: <c>random_sample()</c> and <c>rand()</c>.</summary>
    public double NextDouble() => ToDouble(_words.Next(), _words.Next());

    /// <summary>Fills <paramref name="destination"/> as <c>rand(n)</c> does.</summary>
    public void NextDoubles(Span<double> destination)
    {
        while (!destination.IsEmpty)
        {
            var block = _words.Block();
            var pairs = Math.Min(block.Length / 2, destination.Length);
            for (var i = 0; i < pairs; i++)
                destination[i] = ToDouble(block[2 * i], block[(2 * i) + 1]);
            _words.Advance(2 * pairs);
            destination = destination[pairs..];

            // A pair of words may straddle two blocks.
            if (pairs == 0)
            {
                destination[0] = NextDouble();
                destination = destination[1..];
            }
        }
    }

    private static double ToDouble(uint high, uint low) =>
        (((high >> 5) * 67108864.0) + (low >> 6)) / 9007199254740992.0;
}
