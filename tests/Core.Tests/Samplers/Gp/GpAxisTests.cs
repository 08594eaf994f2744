using CsCheck;
using Optuna.Distributions;
using Optuna.Samplers.Gp;
using Xunit;

namespace Optuna.Tests.Samplers.Gp;

public sealed class GpAxisTests
{
    [Theory]
    [MemberData(nameof(SamplerContract.Distributions), MemberType = typeof(SamplerContract))]
    public void Every_coordinate_stands_for_a_value_of_the_distribution(Distribution distribution)
    {
        var axis = new GpAxis(distribution);
        Gen.Double.Unit.Sample(u =>
        {
            var coordinate = axis.Spread(u);
            var value = axis.Value(coordinate);
            Assert.True(distribution.Contains(value), $"{value:R} in {distribution}");
            Assert.Equal(value, axis.Value(axis.Coordinate(value)), 1e-9 * Math.Abs(value));
            if (!axis.IsContinuous)
                Assert.Equal(coordinate, axis.At(axis.IndexOf(coordinate)));
        }, iter: 200);
    }

    [Fact]
    public void A_grid_has_half_a_step_of_room_and_logarithms_are_even()
    {
        Assert.Equal([0.125, 0.375, 0.625, 0.875], Enumerable.Range(0, 4).Select(i => new GpAxis(new IntDistribution(0, 6, step: 2)).At(i)));
        Assert.Equal(0.5, new GpAxis(new FloatDistribution(1e-4, 1e4, log: true)).Coordinate(1), 1e-15);
        Assert.Equal(1, new GpAxis(new IntDistribution(1, 9, log: true)).Coordinate(9.5), 1e-15);
    }

    [Fact]
    public void Values_far_out_of_range_are_merely_far()
    {
        var axis = new GpAxis(new FloatDistribution(0, 1));
        Assert.Equal([11, -10, 1.5], new[] { double.PositiveInfinity, -1e300, 1.5 }.Select(axis.Coordinate));
    }
}
