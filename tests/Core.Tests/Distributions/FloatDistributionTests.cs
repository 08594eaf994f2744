using CsCheck;
using Optuna.Distributions;
using Xunit;

namespace Optuna.Tests.Distributions;

public sealed class FloatDistributionTests
{
    [Theory]
    [InlineData(1, 1, true, 0.1, "'log' and 'step'")]
    [InlineData(2, 1, false, null, "'low' must not be larger")]
    [InlineData(0, 1, true, null, "larger than 0 with 'log'")]
    [InlineData(-1, 1, true, null, "larger than 0 with 'log'")]
    [InlineData(0, 1, false, 0.0, "'step' must be larger than 0")]
    [InlineData(0, 1, false, -0.1, "'step' must be larger than 0")]
    [InlineData(double.NaN, 1, false, null, "finite")]
    [InlineData(0, double.PositiveInfinity, false, null, "finite")]
    [InlineData(0, 1, false, double.NaN, "finite")]
    public void A_broken_rule_is_refused(double low, double high, bool log, double? step, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<ArgumentException>(() => new FloatDistribution(low, high, log, step)).Message);

    [Theory]
    [InlineData(0, 1, 0.3, 0.9), InlineData(0, 1, 0.1, 1), InlineData(0, 1, 0.25, 1), InlineData(0.1, 0.75, 0.2, 0.7)]
    [InlineData(-1, 1, 0.7, 0.4), InlineData(0, 0.5, 1, 0), InlineData(1e-7, 1, 1e-7, 1), InlineData(0, 1e22, 3e21, 9e21), InlineData(0.3, 0.3, 0.1, 0.3)]
    public void High_is_lowered_to_the_last_decimal_grid_point(double low, double high, double step, double expected)
    {
        var distribution = new FloatDistribution(low, high, step: step);

        Assert.Equal(expected, distribution.High);
        Assert.True(distribution.Contains(distribution.High));
    }

    [Fact]
    public void A_lowered_high_that_was_rounded_stays_when_it_is_read_back()
    {
        var once = new FloatDistribution(-0.03855453577172048, 1, step: 1);
        var twice = new FloatDistribution(once.Low, once.High, step: 1);

        Assert.Equal(0.9614454642282795, once.High);
        Assert.Equal(once, twice);
        Assert.False(twice.IsSingle);
    }

    [Theory]
    [InlineData(0, 1, 0.1), InlineData(-0.3, 0.6, 0.3), InlineData(0, 1000, 0.7)]
    public void Every_decimal_grid_point_is_contained(double low, double high, double step)
    {
        var distribution = new FloatDistribution(low, high, step: step);
        var points = (int)(((decimal)distribution.High - (decimal)low) / (decimal)step);

        for (var k = 0; k <= points; k++)
            Assert.True(distribution.Contains((double)((decimal)low + k * (decimal)step)), $"point {k}");
        Assert.False(distribution.Contains(low + step / 2));
        Assert.False(distribution.Contains(distribution.High + step));
        Assert.False(distribution.Contains(low - step));
    }

    [Fact]
    public void A_range_without_step_contains_its_ends_and_nothing_beyond()
    {
        var distribution = new FloatDistribution(-1, 2);

        Assert.True(distribution.Contains(-1) && distribution.Contains(0.1234) && distribution.Contains(2));
        Assert.False(distribution.Contains(Math.BitDecrement(-1.0)) || distribution.Contains(Math.BitIncrement(2.0)));
        Assert.False(distribution.Contains(double.NaN) || distribution.Contains(double.PositiveInfinity));
    }

    [Theory]
    [InlineData(1, 1, null, true), InlineData(1, 2, null, false), InlineData(0, 1, 1.0, false), InlineData(0, 0.9, 1.0, true), InlineData(0, 0.1, 0.1, false)]
    public void A_range_below_one_step_is_single(double low, double high, double? step, bool single)
    {
        var distribution = new FloatDistribution(low, high, step: step);

        Assert.Equal(single, distribution.IsSingle);
        Assert.Equal(low, distribution.SingleValue);
    }

    [Fact]
    public void Numbers_of_any_type_and_texts_of_numbers_are_values()
    {
        var distribution = new FloatDistribution(0, 1);

        Assert.Equal([0.5, 2, 1, 0.25, 1.5, 7, double.PositiveInfinity],
            new object[] { 0.5, 2, true, 0.25f, 1.5m, (byte)7, double.PositiveInfinity }.Select(distribution.ToInternal));
        Assert.Equal(1e-3, distribution.ToInternal(" 1e-3 "));
        Assert.Equal(0.5, Assert.IsType<double>(distribution.ToExternal(0.5)));
    }

    [Theory]
    [InlineData(double.NaN), InlineData("nan"), InlineData("x"), InlineData("1,000"), InlineData(null), InlineData(new[] { 1.0 })]
    public void What_is_no_number_is_refused(object? value) =>
        Assert.Throws<ArgumentException>(() => new FloatDistribution(0, 1).ToInternal(value));

    [Theory]
    [InlineData(0.0), InlineData(-1.0)]
    public void A_log_scale_refuses_what_is_not_positive(double value) =>
        Assert.Contains("positive", Assert.Throws<ArgumentException>(() => new FloatDistribution(1, 2, log: true).ToInternal(value)).Message);

    [Fact]
    public void Ends_are_always_contained_and_reading_a_grid_back_changes_nothing() => GenDistribution.Float.Sample(d =>
        d.Contains(d.Low) && d.Low <= d.High && new FloatDistribution(d.Low, d.High, d.Log, d.Step).Equals(d));

    [Fact]
    public void Equality_takes_every_attribute()
    {
        var distribution = new FloatDistribution(1, 2);

        Assert.Equal(distribution, new FloatDistribution(1, 2));
        Assert.Equal(new FloatDistribution(0.0, 1).GetHashCode(), new FloatDistribution(-0.0, 1).GetHashCode());
        Assert.NotEqual(distribution, new FloatDistribution(1, 3));
        Assert.NotEqual(distribution, new FloatDistribution(0, 2));
        Assert.NotEqual(distribution, new FloatDistribution(1, 2, log: true));
        Assert.NotEqual(distribution, new FloatDistribution(1, 2, step: 1));
        Assert.NotEqual<Distribution>(distribution, new IntDistribution(1, 2));
    }
}
