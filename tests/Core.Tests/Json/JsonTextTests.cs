using System.Numerics;
using Optuna.Json;
using Xunit;

namespace Optuna.Tests.Json;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("{\"b\":1,\"a\":  1e0}"), InlineData("\"é\""), InlineData("1.50"), InlineData("[NaN,-Infinity]"), InlineData(" 1 ")]
    public void A_text_is_kept_byte_for_byte(string text) => Assert.Equal(text, JsonText.Parse(text).Text);

    [Fact]
    public void A_malformed_text_is_refused() => Assert.Throws<FormatException>(() => JsonText.Parse("[1"));

    [Fact]
    public void Texts_are_equal_as_texts()
    {
        Assert.Equal(JsonText.From(new[] { 1, 2 }), JsonText.Parse("[1, 2]"));
        Assert.NotEqual(JsonText.Parse("[1, 2]"), JsonText.Parse("[1,2]"));
        Assert.Equal(default, JsonText.From(null));
        Assert.Equal(default(JsonText).GetHashCode(), JsonText.From(null).GetHashCode());
        Assert.Equal("null", default(JsonText).ToString());
    }

    [Fact]
    public void The_value_is_the_parsed_text() => Assert.Equal(
        new List<object?> { 1L, 2.5, null, "x" }, Assert.IsType<List<object?>>(JsonText.From(new object?[] { 1, 2.5, null, "x" }).Value));

    [Fact]
    public void Scalars_are_read_as_the_type_asked_for()
    {
        Assert.Equal(3, JsonText.Parse("3.0").As<int>());
        Assert.Equal(3L, JsonText.Parse("3").As<long>());
        Assert.Equal(3.0, JsonText.Parse("3").As<double>());
        Assert.Equal(0.5f, JsonText.Parse("0.5").As<float>());
        Assert.Equal(0.5m, JsonText.Parse("0.5").As<decimal>());
        Assert.Equal(BigInteger.Pow(10, 30), JsonText.Parse("1" + new string('0', 30)).As<BigInteger>());
        Assert.True(JsonText.Parse("true").As<bool>());
        Assert.Equal("a", JsonText.Parse("\"a\"").As<string>());
        Assert.Equal(1L, JsonText.Parse("1").As<object>());
        Assert.Equal(double.NaN, JsonText.Parse("NaN").As<double>());
    }

    [Fact]
    public void Null_is_read_only_where_it_fits()
    {
        Assert.Null(JsonText.Parse("null").As<string>());
        Assert.Null(JsonText.Parse("null").As<double?>());
        Assert.Null(JsonText.Parse("null").As<int[]>());
        Assert.Throws<InvalidCastException>(() => JsonText.Parse("null").As<double>());
    }

    [Fact]
    public void Arrays_are_read_with_their_elements()
    {
        Assert.Equal([1.0, 2.5], JsonText.Parse("[1, 2.5]").As<double[]>()!);
        Assert.Equal([1, null], JsonText.Parse("[1, null]").As<int?[]>()!);
        Assert.Equal([["a"], []], JsonText.Parse("[[\"a\"], []]").As<string[][]>()!);
    }

    [Fact]
    public void What_does_not_fit_is_refused_with_the_text()
    {
        Assert.Contains("1.5", Assert.Throws<InvalidCastException>(() => JsonText.Parse("1.5").As<int>()).Message);
        Assert.Throws<InvalidCastException>(() => JsonText.Parse("2147483648").As<int>());
        Assert.Throws<InvalidCastException>(() => JsonText.Parse("9223372036854775808").As<long>());
        Assert.Throws<InvalidCastException>(() => JsonText.Parse("1e30").As<decimal>());
        Assert.Throws<InvalidCastException>(() => JsonText.Parse("NaN").As<decimal>());
        Assert.Throws<InvalidCastException>(() => JsonText.Parse("\"1\"").As<int>());
        Assert.Throws<InvalidCastException>(() => JsonText.Parse("1").As<bool>());
        Assert.Throws<InvalidCastException>(() => JsonText.Parse("true").As<int>());
        Assert.Throws<InvalidCastException>(() => JsonText.Parse("[1, \"a\"]").As<int[]>());
        Assert.Throws<InvalidCastException>(() => JsonText.Parse("{}").As<int[]>());
        Assert.Contains("DateTime", Assert.Throws<ArgumentException>(() => JsonText.Parse("1").As<DateTime>()).Message);
    }
}
