using CsCheck;
using Optuna.Samplers.Gp;
using Xunit;

namespace Optuna.Tests.Samplers.Gp;

public sealed class StandardizedTests
{
    [Fact]
    public void Numbers_get_mean_zero_and_deviation_one() =>
        Gen.Double[-1e6, 1e6].Array[2, 30].Where(x => x.Max() - x.Min() > 1e-3).Sample(numbers =>
        {
            var found = Standardized.Of(numbers);
            Assert.Equal(0, found.Values.Average(), 1e-6);
            Assert.Equal(1, found.Values.Average(x => x * x), 1e-6);
            var zero = Standardized.Of([.. numbers, .. numbers]).Zero;
            Assert.Equal(found.Zero, zero, 1e-6 * Math.Max(1, Math.Abs(zero)));
        });

    [Fact]
    public void Infinite_numbers_count_as_the_nearest_finite_one()
    {
        var found = Standardized.Of([1, double.PositiveInfinity, 3, double.NegativeInfinity]);
        Assert.Equal([-1, 1, 1, -1], found.Values);
        Assert.True(found.HadInfinite);
        Assert.Equal([0, 0], Standardized.Of([double.PositiveInfinity, double.NegativeInfinity]).Values);
    }

    [Theory]
    [InlineData(5.0, 5.0)]
    [InlineData(-1.7e308, 1.7e308)]
    [InlineData(1e-300, 2e-300)]
    [InlineData(double.NaN, 1.0)]
    public void Odd_numbers_give_finite_ones(double a, double b) =>
        Assert.All(Standardized.Of([a, b, a, b]).Values, x => Assert.InRange(x, -2, 2));
}
