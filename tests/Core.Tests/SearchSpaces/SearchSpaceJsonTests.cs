using CsCheck;
using Optuna.Distributions;
using Optuna.SearchSpaces;
using Optuna.Tests.Distributions;
using Xunit;

namespace Optuna.Tests.SearchSpaces;

public sealed class SearchSpaceJsonTests
{
    [Fact]
    public void Both_forms_are_read_in_the_order_written()
    {
        var space = SearchSpaceJson.Read(
            """
            {
              "z": {"type": "float", "low": 1e-5, "high": 1, "log": true},
              "a": {"name": "IntDistribution", "attributes": {"low": 1, "high": 3, "step": 1, "log": false}},
              "m": {"type": "categorical", "choices": ["relu", null]}
            }
            """);

        Assert.Equal(
            [
                new("z", new FloatDistribution(1e-5, 1, log: true)),
                new("a", new IntDistribution(1, 3)),
                new("m", new CategoricalDistribution("relu", null)),
            ],
            space);
    }

    [Fact]
    public void An_empty_object_is_an_empty_space() => Assert.Empty(SearchSpaceJson.Read("{}"));

    [Theory]
    [InlineData("", "position 0 ")]
    [InlineData("[]", "JSON object")]
    [InlineData("""{"x": {"type": "int", "low": 0, "high": 1}, "x": {"type": "int", "low": 0, "high": 1}}""", "'x' appears twice")]
    [InlineData("""{"": {"type": "int", "low": 0, "high": 1}}""", "empty name")]
    [InlineData("""{"x": {"type": "int", "low": 0, "high": 1}, "y": {"type": "int", "low": 0}}""", "Parameter 'y': Attribute 'high'")]
    [InlineData("""{"x": {"type": "int", "low": 2, "high": 1}}""", "Parameter 'x': IntDistribution: 'low'")]
    [InlineData("""{"x": 3}""", "Parameter 'x'")]
    public void What_is_wrong_is_refused_by_name(string text, string named) =>
        Assert.Contains(named, Assert.Throws<ArgumentException>(() => SearchSpaceJson.Read(text)).Message);

    [Fact]
    public void A_space_is_written_as_one_object() => Assert.Equal(
        """{"x": {"name": "IntDistribution", "attributes": {"log": false, "step": 1, "low": 0, "high": 1}}, "\u00fc": {"name": "CategoricalDistribution", "attributes": {"choices": [true]}}}""",
        SearchSpaceJson.Write([new("x", new IntDistribution(0, 1)), new("ü", new CategoricalDistribution(true))]));

    [Fact]
    public void Any_space_reads_back_equal() => GenDistribution.Any.Array[0, 5].Sample(distributions =>
    {
        var space = distributions.Select((d, i) => KeyValuePair.Create($"p{9 - i}", d)).ToArray();
        return SearchSpaceJson.Read(SearchSpaceJson.Write(space)).SequenceEqual(space);
    });
}
