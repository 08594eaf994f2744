using Optuna.Numerics;
using Xunit;
using static Optuna.Tests.Numerics.NumPyDraws;

namespace Optuna.Tests.Numerics;

public sealed class RandomStateTests
{
    public static TheoryData<Drawn> All => [.. Streams];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_kind_of_draw_is_NumPys_in_NumPys_order(Drawn numpy)
    {
        var random = numpy.IsArray ? new RandomState(numpy.Seeds) : new RandomState(numpy.Seeds[0]);

        Assert.Equal(numpy.Words, Repeat(3, random.NextUInt32));
        Assert.Equal(numpy.Rand, Repeat(3, random.NextDouble));
        random.NextDoubles(new double[1000]);
        Assert.Equal(numpy.AfterThousandMore, Repeat(2, random.NextDouble));
        Assert.Equal(numpy.Uniform, random.Uniform(-3, 5));
        var uniforms = new double[3];
        random.Uniform([0, 10, -1], [1, 20, 1], uniforms);
        Assert.Equal(numpy.Uniforms, uniforms);
        Assert.Equal(numpy.BelowTen, Repeat(8, () => random.NextIndex(10)));
        Assert.Equal(numpy.ThirtyFourBits, Repeat(3, () => random.NextInt64(-(1L << 33), 1L << 33)));
        Assert.Equal(numpy.FullWord, Repeat(2, () => random.NextInt64(0, 1L << 32)));
        Assert.Equal(numpy.SixtyFourBits, Repeat(2, () => random.NextInt64(long.MinValue, long.MaxValue)));
        Assert.Equal([5, 5], Repeat(2, () => random.NextInt64(5, 6)));
        var sevens = new int[6];
        random.Choice(7, sevens);
        Assert.Equal(numpy.ChoiceOfSeven, sevens);
        var weighted = new int[8];
        random.Choice([.1, .2, .3, .4], weighted);
        Assert.Equal(numpy.WeightedChoice, weighted);
        Assert.Equal(numpy.WithoutReplacement, random.ChoiceWithoutReplacement(10, 4));
        Assert.Equal(numpy.Permutation, random.Permutation(8));
        int[] items = [0, 1, 2, 3, 4];
        random.Shuffle<int>(items);
        Assert.Equal(numpy.Shuffled, items);
        var gaussians = new double[5];
        random.NextGaussians(gaussians);
        AssertClose(numpy.Gaussians, gaussians);
        AssertClose(numpy.Normals, [random.Normal(2, 3), random.Normal(2, 3)]);

        // Seven normals leave an eighth in hand; the plain draws must not see it.
        Assert.Equal(numpy.After, Repeat(2, random.NextDouble));
    }

    [Fact]
    public void Many_doubles_at_once_are_the_same_as_one_by_one_wherever_the_block_ends()
    {
        var (one, many) = (new RandomState(5), new RandomState(5));
        foreach (var length in new[] { 1, 311, 1, 0, 624, 3, 1000, 312 })
        {
            // An odd word in between makes a pair straddle two blocks.
            Assert.Equal(one.NextUInt32(), many.NextUInt32());
            var expected = Repeat(length, one.NextDouble);
            var actual = new double[length];
            many.NextDoubles(actual);
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void A_taken_state_is_NumPys_and_goes_on_with_the_next_draw()
    {
        var random = new RandomState(7);
        random.NextGaussians(new double[3]);

        var state = random.GetState();

        Assert.Equal(12, state.Position);
        Assert.True(state.HasGauss);
        Assert.Equal(0.40751628299650783, state.CachedGaussian, 1e-15);
        Assert.Equal((2022286329u, 1444425037u), (state.Key[0], state.Key[1]));
        Assert.Equal((3908504629u, 4033246365u), (state.Key[622], state.Key[623]));
        var continued = RandomState.FromState(state);
        Assert.Equal(state, continued.GetState());
        Assert.Equal(Repeat(700, random.NextGaussian), Repeat(700, continued.NextGaussian));
    }

    [Fact]
    public void A_state_of_the_wrong_size_is_refused_by_name()
    {
        var state = new RandomState(7).GetState();

        Assert.Contains("624", Assert.Throws<ArgumentException>(() => RandomState.FromState(state with { Key = [1, 2] })).Message);
        Assert.Contains("position", Assert.Throws<ArgumentException>(() => RandomState.FromState(state with { Position = 625 })).Message);
    }

    [Fact]
    public void A_trials_stream_depends_on_study_trial_and_stream_and_on_nothing_else()
    {
        var all = new HashSet<double>();
        foreach (var study in new ulong[] { 0, 1, 1UL << 32, ulong.MaxValue })
            for (var trial = 0; trial < 20; trial++)
                for (var stream = 0u; stream < 3; stream++)
                {
                    var first = RandomState.ForTrial(study, trial, stream).NextDouble();
                    Assert.True(all.Add(first), $"Study {study}, trial {trial}, stream {stream} repeats another stream.");
                    Assert.Equal(first, RandomState.ForTrial(study, trial, stream).NextDouble());
                }
    }

    [Fact]
    public void Reseeding_forgets_everything_before()
    {
        var random = new RandomState(1);
        random.NextGaussian();

        random.ReseedForTrial(9, 8, 7);
        Assert.Equal(RandomState.ForTrial(9, 8, 7).NextGaussian(), random.NextGaussian());

        random.Reseed(42);
        Assert.Equal(new RandomState(42).GetState(), random.GetState());
    }

    [Fact]
    public void All_bits_of_the_entropy_count()
    {
        var firsts = Enumerable.Range(0, 64).Select(bit => RandomState.FromEntropy(1UL << bit).NextUInt64());
        Assert.Equal(64, firsts.Distinct().Count());
    }

    [Fact]
    public void Impossible_requests_are_refused_in_words()
    {
        var random = new RandomState(0);
        var before = random.GetState();

        Assert.Contains("seeds", Assert.Throws<ArgumentException>(() => new RandomState(ReadOnlySpan<uint>.Empty)).Message);
        Assert.Contains("low", Assert.Throws<ArgumentException>(() => random.NextInt64(3, 3)).Message);
        Assert.Contains("number 1", Assert.Throws<ArgumentException>(() => random.Choice([1.5, -.5])).Message);
        Assert.Contains("add up to", Assert.Throws<ArgumentException>(() => random.Choice([.5, .4])).Message);
        Assert.Contains("high", Assert.Throws<ArgumentException>(() => random.Uniform(double.MinValue, double.MaxValue)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextIndex(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Normal(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.ChoiceWithoutReplacement(3, 4));
        Assert.Equal(before, random.GetState());
    }

    // NumPy's own compiled logarithm may differ in the last bit.
    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-14);
    }

    private static T[] Repeat<T>(int times, Func<T> draw)
    {
        var drawn = new T[times];
        for (var i = 0; i < times; i++)
            drawn[i] = draw();
        return drawn;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(47)]
    [InlineData(48)]
    [InlineData(49)]
    [InlineData(623)]
    [InlineData(624)]
    [InlineData(625)]
    public void What_a_seeding_leaves_for_later_makes_no_difference(int words)
    {
        // A state taken at once has the whole key from the start.
        var whole = RandomState.FromState(new RandomState(20).GetState());
        var random = new RandomState(99);
        random.NextUInt32();
        random.Reseed(20);
        for (var i = 0; i < words; i++)
            Assert.Equal(whole.NextUInt32(), random.NextUInt32());
        var copy = RandomState.FromState(random.GetState());
        Assert.Equal(whole.GetState(), random.GetState());
        for (var i = 0; i < 1300; i++)
            Assert.Equal((whole.NextUInt32(), i), (random.NextUInt32(), i));
        Assert.NotEqual(copy.GetState(), random.GetState());
        Span<double> few = stackalloc double[30], same = stackalloc double[30];
        random.Reseed(21);
        random.NextUInt32();
        random.NextDoubles(few);
        whole.Reseed(21);
        whole.NextUInt32();
        foreach (ref var d in same)
            d = whole.NextDouble();
        Assert.Equal(same.ToArray(), few.ToArray());
    }
}
