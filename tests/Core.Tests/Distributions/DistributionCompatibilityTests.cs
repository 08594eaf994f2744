using Optuna.Distributions;
using Xunit;

namespace Optuna.Tests.Distributions;

public sealed class DistributionCompatibilityTests
{
    public static TheoryData<Distribution, Distribution, string?> Table => new()
    {
        { new FloatDistribution(0, 1), new FloatDistribution(-3, 9), null },
        { new FloatDistribution(0, 1), new FloatDistribution(0, 1, step: 0.5), null },
        { new FloatDistribution(1, 2), new FloatDistribution(1, 2, log: true), "'log'" },
        { new IntDistribution(0, 1), new IntDistribution(5, 50, step: 5), null },
        { new IntDistribution(1, 2), new IntDistribution(1, 2, log: true), "'log'" },
        { new FloatDistribution(0, 1), new IntDistribution(0, 1), "kind" },
        { new IntDistribution(0, 1), new CategoricalDistribution(0, 1), "kind" },
        { new CategoricalDistribution("a", 1), new CategoricalDistribution("a", 1.0), null },
        { new CategoricalDistribution("a", double.NaN), new CategoricalDistribution("a", double.NaN), null },
        { new CategoricalDistribution("a", "b"), new CategoricalDistribution("b", "a"), "choices" },
        { new CategoricalDistribution("a", "b"), new CategoricalDistribution("a", "b", "c"), "choices" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Only_range_and_step_may_change(Distribution before, Distribution now, string? conflict)
    {
        foreach (var (a, b) in new[] { (before, now), (now, before) })
        {
            if (conflict is null)
            {
                Assert.Null(DistributionCompatibility.Conflict("x", a, b));
                DistributionCompatibility.Check("x", a, b);
            }
            else
            {
                var refusal = Assert.Throws<ArgumentException>(() => DistributionCompatibility.Check("x", a, b));
                Assert.Contains("'x'", refusal.Message);
                Assert.Contains(conflict, refusal.Message);
            }
        }
    }

    [Fact]
    public void A_distribution_is_compatible_with_itself() =>
        Assert.All(Table, row => Assert.Null(DistributionCompatibility.Conflict("x", row.Data.Item1, row.Data.Item1)));
}
