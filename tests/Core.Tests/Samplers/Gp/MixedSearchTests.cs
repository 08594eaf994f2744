using Optuna.Distributions;
using Optuna.Numerics;
using Optuna.Samplers.Gp;
using Optuna.SearchSpaces;
using Xunit;

namespace Optuna.Tests.Samplers.Gp;

public sealed class MixedSearchTests
{
    [Fact]
    public void The_greatest_value_is_found_over_all_kinds_of_parameters()
    {
        var space = Space(
            ("a", new FloatDistribution(0, 1)), ("b", new CategoricalDistribution("p", "q", "r", "s")), ("c", new IntDistribution(0, 9)),
            ("d", new IntDistribution(0, 1_000_000)), ("e", new FloatDistribution(0, 1)));
        var target = new[] { 0.3, 2, space.Axes[2].At(4), space.Axes[3].At(123_456), 0.9 };
        var f = new Scored(5, x => -Square(x, target), (x, d) => -2 * (x[d] - target[d]));
        var found = new MixedSearch(f, space).Maximize([[0.5, 0, 0, 0, 0.5]], new RandomState(1));
        Assert.Equal(2, found[1]);
        Assert.Equal([4, 123_456], [space.Axes[2].IndexOf(found[2]), space.Axes[3].IndexOf(found[3])]);
        Assert.Equal(0.3, found[0], 0.01);
        Assert.Equal(0.9, found[4], 0.01);
    }

    [Fact]
    public void A_narrow_peak_is_climbed_from_a_known_point()
    {
        var space = Space(("x", new FloatDistribution(0, 1)), ("y", new FloatDistribution(0, 1)));
        var peak = new[] { 0.7331, 0.1117 };
        var f = new Scored(2, x => Math.Exp(-1e7 * Square(x, peak)), (x, d) => -2e7 * (x[d] - peak[d]) * Math.Exp(-1e7 * Square(x, peak)));
        var found = new MixedSearch(f, space).Maximize([[0.7332, 0.1115]], new RandomState(1));
        Assert.InRange(Square(found, peak), 0, 1e-9);
    }

    [Fact]
    public void A_flat_function_gives_some_point_of_the_space()
    {
        var space = Space(("x", new FloatDistribution(0, 1)), ("n", new IntDistribution(0, 100)), ("c", new CategoricalDistribution(1, 2)));
        var found = new MixedSearch(new Scored(3, _ => 0, (_, _) => 0), space).Maximize([], new RandomState(1));
        Assert.All(space.Params(found), p => Assert.True(p.Distribution.Contains(p.Value)));
    }

    [Fact]
    public void Values_that_are_no_numbers_are_not_chosen()
    {
        var space = Space(("x", new FloatDistribution(0, 1)), ("n", new IntDistribution(0, 100)));
        var f = new Scored(2, x => x[0] > 0.5 ? double.NaN : x[0] + x[1], (x, _) => x[0] > 0.5 ? double.NaN : 1);
        var found = new MixedSearch(f, space).Maximize([[0.1, 0.1]], new RandomState(1));
        Assert.InRange(found[0], 0.4, 0.5);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(1000)]
    [InlineData(1 << 20)]
    public void Of_many_values_the_best_is_closed_in_on(long count)
    {
        var space = Space(("n", new IntDistribution(0, count - 1)));
        var axis = space.Axes[0];
        foreach (var share in (double[])[0, 0.37, 0.5, 0.999, 1])
        {
            var best = Math.Round(share * (count - 1));
            var climber = new Climber([axis.At(0)]) { Value = -best };
            var blocks = new PointBlocks(new Scored(1, x => -Math.Abs(axis.IndexOf(x[0]) - best), (_, _) => 0), 1);
            new DiscreteSearch(blocks, space).Climb([climber], 0);
            Assert.Equal(best, axis.IndexOf(climber.Point[0]));
            Assert.Equal(best != 0, climber.HasMoved);
        }
    }

    private static double Square(double[] x, double[] y) => x.Zip(y).Sum(p => (p.First - p.Second) * (p.First - p.Second));

    private static GpSpace Space(params (string Name, Distribution Distribution)[] items) =>
        new(new SearchSpace(items.Select(i => KeyValuePair.Create(i.Name, i.Distribution))));

    private sealed class Scored(int dimensions, Func<double[], double> value, Func<double[], int, double> slope) : Acquisition([.. Enumerable.Repeat(0.5, dimensions)])
    {
        internal override void Evaluate(ReadOnlySpan<double> points, Span<double> values, ReadOnlySpan<int> among, Span<double> gradient)
        {
            for (var k = 0; k < Points; k++)
            {
                var x = new double[dimensions];
                for (var d = 0; d < dimensions; d++)
                    x[d] = points[(d * Points) + k];
                values[k] = value(x);
                foreach (var d in among)
                    gradient[(d * Points) + k] = slope(x, d);
            }
        }
    }
}
