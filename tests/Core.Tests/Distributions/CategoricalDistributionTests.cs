using System.Numerics;
using Optuna.Distributions;
using Optuna.Json;
using Xunit;

namespace Optuna.Tests.Distributions;

public sealed class CategoricalDistributionTests
{
    // (a, b, a == b) as Python says, NaN counted as equal to itself.
    public static TheoryData<object?, object?, bool> PythonEquality => new()
    {
        { 1, 1.0, true }, { 1, true, true }, { 0, false, true }, { 1.0, true, true }, { 0.0, -0.0, true }, { double.NaN, double.NaN, true },
        { null, null, true }, { "a", "a", true }, { 2.5f, 2.5, true }, { 2.5m, 2.5, true }, { DayOfWeek.Monday, "Monday", true },
        { BigInteger.Pow(2, 64), Math.ScaleB(1, 64), true }, { ulong.MaxValue, BigInteger.Pow(2, 64) - 1, true }, { 5UL, 5, true },
        { 1, 2, false }, { 1, "1", false }, { true, "True", false }, { null, 0, false }, { null, "", false }, { 2, true, false }, { 1, 1.5, false },
        { "a", "A", false }, { double.NaN, 0.0, false }, { double.NaN, null, false }, { double.PositiveInfinity, long.MaxValue, false },
        { (1L << 53) + 1, Math.ScaleB(1, 53), false }, { ulong.MaxValue, Math.ScaleB(1, 64), false },
    };

    [Theory]
    [MemberData(nameof(PythonEquality))]
    public void Choices_are_compared_as_Python_does(object? a, object? b, bool equal)
    {
        var (x, y) = (new CategoricalDistribution("z", a), new CategoricalDistribution("z", b));

        Assert.Equal(equal, x.Equals(y));
        Assert.Equal(equal, y.Equals(x));
        if (equal)
        {
            Assert.Equal(x.GetHashCode(), y.GetHashCode());
            Assert.Equal(1, x.ToInternal(b));
            Assert.Equal(1, y.ToInternal(a));
        }
        else
        {
            Assert.Throws<ArgumentException>(() => x.ToInternal(b));
        }
    }

    [Fact]
    public void The_first_equal_choice_counts()
    {
        var distribution = new CategoricalDistribution(true, 1, 1.0, "a");

        Assert.Equal(0, distribution.ToInternal(1));
        Assert.Equal(3, distribution.ToInternal("a"));
        Assert.Equal([true, 1L, 1.0, "a"], new[] { 0.0, 1, 2, 3 }.Select(distribution.ToExternal));
    }

    [Theory]
    [InlineData(0, true), InlineData(1, true), InlineData(1.9, true), InlineData(-0.5, true), InlineData(2, false), InlineData(-1, false), InlineData(double.NaN, false)]
    public void An_index_in_range_is_contained(double index, bool contained)
    {
        var distribution = new CategoricalDistribution("a", "b");

        Assert.Equal(contained, distribution.Contains(index));
        if (!contained)
            Assert.Throws<ArgumentException>(() => distribution.ToExternal(index));
    }

    [Fact]
    public void One_choice_is_single()
    {
        Assert.True(new CategoricalDistribution("a").IsSingle);
        Assert.Equal(0, new CategoricalDistribution("a").SingleValue);
        Assert.False(new CategoricalDistribution("a", "a").IsSingle);
        Assert.True(new CategoricalDistribution((object?)null).IsSingle);
    }

    [Fact]
    public void No_choice_or_one_of_another_type_is_refused()
    {
        Assert.Contains("'choices'", Assert.Throws<ArgumentException>(() => new CategoricalDistribution()).Message);
        Assert.Contains("Uri", Assert.Throws<ArgumentException>(() => new CategoricalDistribution(new Uri("http://a"))).Message);
        Assert.Contains("Int32[]", Assert.Throws<ArgumentException>(() => new CategoricalDistribution(new[] { 1, 2 })).Message);
        Assert.Throws<ArgumentNullException>(() => new CategoricalDistribution((IEnumerable<object?>)null!));
    }

    [Fact]
    public void A_value_of_another_type_is_not_among_the_choices() => Assert.Contains(
        "[\"a\", 1]", Assert.Throws<ArgumentException>(() => new CategoricalDistribution("a", 1).ToInternal(new Uri("http://a"))).Message);

    [Fact]
    public void Order_and_number_of_choices_matter()
    {
        Assert.NotEqual(new CategoricalDistribution("a", "b"), new CategoricalDistribution("b", "a"));
        Assert.NotEqual(new CategoricalDistribution("a"), new CategoricalDistribution("a", "b"));
        Assert.Equal(new CategoricalDistribution(JsonText.From(new[] { 1, 2 })), new CategoricalDistribution(JsonText.Parse("[1, 2]")));
    }
}
