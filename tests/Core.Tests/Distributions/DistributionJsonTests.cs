using CsCheck;
using Optuna.Distributions;
using Optuna.Json;
using Xunit;

namespace Optuna.Tests.Distributions;

public sealed class DistributionJsonTests
{
    public static TheoryData<Distribution, string> Golden => new()
    {
        { new FloatDistribution(0, 1), """{"name": "FloatDistribution", "attributes": {"step": null, "low": 0.0, "high": 1.0, "log": false}}""" },
        { new FloatDistribution(1e-5, 1e16, log: true), """{"name": "FloatDistribution", "attributes": {"step": null, "low": 1e-05, "high": 1e+16, "log": true}}""" },
        { new FloatDistribution(0, 1, step: 0.3), """{"name": "FloatDistribution", "attributes": {"step": 0.3, "low": 0.0, "high": 0.9, "log": false}}""" },
        { new IntDistribution(1, 10), """{"name": "IntDistribution", "attributes": {"log": false, "step": 1, "low": 1, "high": 10}}""" },
        { new IntDistribution(1, 128, log: true), """{"name": "IntDistribution", "attributes": {"log": true, "step": 1, "low": 1, "high": 128}}""" },
        { new IntDistribution(-5, 6, step: 3), """{"name": "IntDistribution", "attributes": {"log": false, "step": 3, "low": -5, "high": 4}}""" },
        {
            new CategoricalDistribution(null, true, 1, 2.5, "a", double.NaN, double.PositiveInfinity),
            """{"name": "CategoricalDistribution", "attributes": {"choices": [null, true, 1, 2.5, "a", NaN, Infinity]}}"""
        },
        { new CategoricalDistribution("é", ulong.MaxValue), """{"name": "CategoricalDistribution", "attributes": {"choices": ["\u00e9", 18446744073709551615]}}""" },
    };

    [Theory]
    [MemberData(nameof(Golden))]
    public void A_distribution_is_written_byte_for_byte_as_Optuna_does(Distribution distribution, string expected)
    {
        Assert.Equal(expected, DistributionJson.Write(distribution));
        Assert.Equal(expected, distribution.ToString());
        Assert.Equal(distribution, DistributionJson.Read(expected));
    }

    [Fact]
    public void Any_distribution_reads_back_equal_and_is_written_the_same() => GenDistribution.Any.Sample(distribution =>
    {
        var text = DistributionJson.Write(distribution);
        var back = DistributionJson.Read(text);
        return back.Equals(distribution) && back.GetHashCode() == distribution.GetHashCode() && DistributionJson.Write(back) == text;
    });

    public static TheoryData<string, Distribution> OtherForms => new()
    {
        { """{"attributes":{"log":false,"high":2,"low":1},"name":"FloatDistribution"}""", new FloatDistribution(1, 2) },
        { """{"name": "IntDistribution", "attributes": {"low": 1.0, "high": 1e1, "step": 3.0, "log": false}}""", new IntDistribution(1, 10, step: 3) },
        { """{"name": "UniformDistribution", "attributes": {"low": 0.0, "high": 1.0}}""", new FloatDistribution(0, 1) },
        { """{"name": "LogUniformDistribution", "attributes": {"low": 0.1, "high": 1.0}}""", new FloatDistribution(0.1, 1, log: true) },
        { """{"name": "DiscreteUniformDistribution", "attributes": {"low": 0.0, "high": 1.0, "q": 0.25}}""", new FloatDistribution(0, 1, step: 0.25) },
        { """{"name": "IntUniformDistribution", "attributes": {"low": 0, "high": 9, "step": 2}}""", new IntDistribution(0, 8, step: 2) },
        { """{"name": "IntUniformDistribution", "attributes": {"low": 0, "high": 9}}""", new IntDistribution(0, 9) },
        { """{"name": "IntLogUniformDistribution", "attributes": {"low": 1, "high": 9, "step": 1}}""", new IntDistribution(1, 9, log: true) },
        { """{"type": "float", "low": 0, "high": 1}""", new FloatDistribution(0, 1) },
        { """{"type": "float", "low": 0, "high": 1, "step": 0.1}""", new FloatDistribution(0, 1, step: 0.1) },
        { """{"type": "float", "low": 1, "high": 2, "step": null, "log": true}""", new FloatDistribution(1, 2, log: true) },
        { """{"type": "int", "low": 1, "high": 8, "step": null, "log": true}""", new IntDistribution(1, 8, log: true) },
        { """{"type": "int", "low": 0, "high": 8, "step": 4}""", new IntDistribution(0, 8, step: 4) },
        { """{"type": "categorical", "choices": ["a", 1]}""", new CategoricalDistribution("a", 1) },
    };

    [Theory]
    [MemberData(nameof(OtherForms))]
    public void Other_orders_short_forms_and_retired_classes_are_read(string text, Distribution expected) =>
        Assert.Equal(expected, DistributionJson.Read(text));

    [Theory]
    [InlineData("{", "position 1 ")]
    [InlineData("[]", "JSON object")]
    [InlineData("{}", "'type'")]
    [InlineData("""{"name": "GammaDistribution", "attributes": {}}""", "'GammaDistribution'")]
    [InlineData("""{"name": 1, "attributes": {}}""", "'name'")]
    [InlineData("""{"name": "IntDistribution"}""", "'attributes'")]
    [InlineData("""{"name": "IntDistribution", "attributes": []}""", "'attributes'")]
    [InlineData("""{"name": "IntDistribution", "attributes": {}, "x": 1}""", "'x'")]
    [InlineData("""{"type": "real", "low": 0, "high": 1}""", "'real'")]
    [InlineData("""{"type": "float", "low": 0, "hihg": 1}""", "'hihg'")]
    [InlineData("""{"type": "float", "low": 0}""", "'high'")]
    [InlineData("""{"type": "float", "low": 0, "low": 0, "high": 1}""", "'low'")]
    [InlineData("""{"type": "float", "low": "0", "high": 1}""", "'low'")]
    [InlineData("""{"type": "float", "low": true, "high": 1}""", "'low'")]
    [InlineData("""{"type": "float", "low": 0, "high": NaN}""", "'high'")]
    [InlineData("""{"type": "float", "low": 0, "high": 1, "log": 1}""", "'log'")]
    [InlineData("""{"type": "float", "low": 0, "high": 1, "log": null}""", "'log'")]
    [InlineData("""{"type": "float", "low": 0, "high": 1, "step": "a"}""", "'step'")]
    [InlineData("""{"type": "float", "low": 2, "high": 1}""", "'low'")]
    [InlineData("""{"type": "int", "low": 0.5, "high": 1}""", "'low'")]
    [InlineData("""{"type": "int", "low": 0, "high": 9223372036854775808}""", "'high'")]
    [InlineData("""{"type": "int", "low": 0, "high": 1, "q": 1}""", "'q'")]
    [InlineData("""{"type": "categorical"}""", "'choices'")]
    [InlineData("""{"type": "categorical", "choices": "ab"}""", "'choices'")]
    [InlineData("""{"type": "categorical", "choices": []}""", "'choices'")]
    [InlineData("""{"name": "UniformDistribution", "attributes": {"low": 0.0, "high": 1.0, "log": true}}""", "'log'")]
    [InlineData("""{"name": "DiscreteUniformDistribution", "attributes": {"low": 0.0, "high": 1.0}}""", "'q'")]
    public void What_is_wrong_is_refused_by_name(string text, string named) =>
        Assert.Contains(named, Assert.Throws<ArgumentException>(() => DistributionJson.Read(text)).Message);

    [Fact]
    public void A_nested_choice_of_another_client_survives()
    {
        const string Text = """{"name": "CategoricalDistribution", "attributes": {"choices": [[64, 64], {"a": 1}]}}""";

        var read = Assert.IsType<CategoricalDistribution>(DistributionJson.Read(Text));

        Assert.Equal(Text, DistributionJson.Write(read));
        Assert.Equal(1, read.ToInternal(JsonText.Parse("""{"a": 1}""")));
    }
}
