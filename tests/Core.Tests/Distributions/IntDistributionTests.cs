using CsCheck;
using Optuna.Distributions;
using Xunit;

namespace Optuna.Tests.Distributions;

public sealed class IntDistributionTests
{
    [Theory]
    [InlineData(1, 10, true, 2, "'step' must be 1 with 'log'")]
    [InlineData(2, 1, false, 1, "'low' must not be larger")]
    [InlineData(0, 1, true, 1, "at least 1 with 'log'")]
    [InlineData(0, 1, false, 0, "'step' must be larger than 0")]
    [InlineData(0, 1, false, -1, "'step' must be larger than 0")]
    public void A_broken_rule_is_refused(long low, long high, bool log, long step, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<ArgumentException>(() => new IntDistribution(low, high, log, step)).Message);

    [Theory]
    [InlineData(0, 10, 3, 9), InlineData(-5, 6, 3, 4), InlineData(0, 2, 5, 0), InlineData(1, 7, 2, 7)]
    [InlineData(long.MinValue, long.MaxValue, 2, long.MaxValue - 1), InlineData(long.MinValue, long.MaxValue, long.MaxValue, long.MaxValue - 1)]
    public void High_is_lowered_to_the_last_grid_point(long low, long high, long step, long expected) =>
        Assert.Equal(expected, new IntDistribution(low, high, step: step).High);

    [Theory]
    [InlineData(3, 3, 1, true), InlineData(3, 4, 1, false), InlineData(0, 2, 5, true), InlineData(0, 5, 5, false)]
    public void A_range_below_one_step_is_single(long low, long high, long step, bool single)
    {
        var distribution = new IntDistribution(low, high, step: step);

        Assert.Equal(single, distribution.IsSingle);
        Assert.Equal(low, distribution.SingleValue);
    }

    [Theory]
    [InlineData(-2, true), InlineData(1, true), InlineData(7, true), InlineData(0, false), InlineData(10, false), InlineData(-5, false)]
    [InlineData(1.5, false), InlineData(double.NaN, false), InlineData(double.PositiveInfinity, false)]
    public void Only_grid_points_in_range_are_contained(double value, bool contained) =>
        Assert.Equal(contained, new IntDistribution(-2, 9, step: 3).Contains(value));

    [Fact]
    public void A_fraction_is_kept_inside_and_cut_off_outside()
    {
        var distribution = new IntDistribution(0, 10);

        Assert.Equal(1.5, distribution.ToInternal(1.5));
        Assert.False(distribution.Contains(1.5));
        Assert.Equal(1L, distribution.ToExternal(1.5));
        Assert.Equal(-1L, distribution.ToExternal(-1.5));
    }

    [Fact]
    public void Whole_numbers_of_any_type_are_values() => Assert.Equal(
        [3, 4, 5, 1, 99], new object[] { 3, 4L, (ushort)5, true, "99" }.Select(new IntDistribution(0, 10).ToInternal));

    [Theory]
    [InlineData(double.NaN), InlineData(double.PositiveInfinity), InlineData("x"), InlineData(null)]
    public void What_is_no_number_is_refused(object? value) =>
        Assert.Throws<ArgumentException>(() => new IntDistribution(0, 1).ToInternal(value));

    [Theory]
    [InlineData(0), InlineData(-3)]
    public void A_log_scale_refuses_what_is_not_positive(int value) =>
        Assert.Contains("positive", Assert.Throws<ArgumentException>(() => new IntDistribution(1, 2, log: true).ToInternal(value)).Message);

    [Fact]
    public void The_largest_numbers_neither_overflow_nor_leave_the_range()
    {
        var distribution = new IntDistribution(long.MinValue, long.MaxValue);

        Assert.False(distribution.IsSingle);
        Assert.Equal(long.MaxValue, distribution.ToExternal(distribution.ToInternal(long.MaxValue)));
        Assert.Equal(long.MinValue, distribution.ToExternal(distribution.SingleValue));
        Assert.True(distribution.Contains(distribution.ToInternal(long.MaxValue)));
    }

    [Fact]
    public void Every_number_up_to_2_to_the_53_goes_in_and_out() => Gen.Long[-(1L << 53), 1L << 53].Sample(n =>
        new IntDistribution(n, n).Contains(n) && (long)new IntDistribution(n, n).ToExternal(new IntDistribution(n, n).ToInternal(n))! == n);

    [Fact]
    public void Equality_takes_every_attribute()
    {
        var distribution = new IntDistribution(1, 9);

        Assert.Equal(distribution, new IntDistribution(1, 9));
        Assert.NotEqual(distribution, new IntDistribution(1, 8));
        Assert.NotEqual(distribution, new IntDistribution(2, 9));
        Assert.NotEqual(distribution, new IntDistribution(1, 9, log: true));
        Assert.NotEqual(distribution, new IntDistribution(1, 9, step: 2));
    }
}
