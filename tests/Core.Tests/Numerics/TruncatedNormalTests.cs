using CsCheck;
using Optuna.Numerics;
using Xunit;

namespace Optuna.Tests.Numerics;

/// <summary>The expected numbers were worked out with 60 digits.</summary>
public sealed class TruncatedNormalTests
{
    [Theory]
    [InlineData(0.5, -1.0, 1.0, 0.0)]
    [InlineData(0.1, -3.0, 2.0, -1.287615646421641)]
    [InlineData(0.9999, -3.0, 2.0, 1.9981957337725973)]
    [InlineData(0.3, 0.0, 10.0, 0.3853204664075676)]
    [InlineData(0.3, -10.0, 0.0, -1.0364333894937896)]
    [InlineData(0.25, 30.0, 40.0, 30.009577257491085)]
    [InlineData(0.25, -40.0, -30.0, -30.046123260403522)]
    [InlineData(0.75, 1000.0, 1001.0, 1000.0013862920139)]
    [InlineData(0.75, -1001.0, -1000.0, -1000.0002876817434)]
    [InlineData(0.5, -1e-06, 2e-06, 4.999999999994374e-07)]
    [InlineData(1e-10, -9.0, 9.0, -6.361340902230737)]
    [InlineData(0.999999, -9.0, 9.0, 4.753424308817065)]
    [InlineData(0.6, 5.0, 5.0001, 5.000059993999736)]
    [InlineData(0.5, -0.5, 100.0, 0.39687117508954456)]
    [InlineData(0.2, 37.0, 45.0, 37.00602602107263)]
    [InlineData(0.97, -2.0, -1.5, -1.5102839773406456)]
    [InlineData(0.4, 40.0, double.PositiveInfinity, 40.01276064097443)]
    public void Quantiles_are_accurate_in_the_middle_and_in_the_tails(double q, double a, double b, double expected) =>
        Near.Relative(expected, TruncatedNormal.Quantile(q, a, b), 2e-15, floor: 0.1);

    [Fact]
    public void The_ends_are_exact_and_a_point_has_no_quantiles()
    {
        Assert.Equal(-1, TruncatedNormal.Quantile(0, -1, 2));
        Assert.Equal(2, TruncatedNormal.Quantile(1, -1, 2));
        Assert.True(double.IsNaN(TruncatedNormal.Quantile(0.5, 3, 3)));
    }

    [Fact]
    public void The_mass_below_a_quantile_is_its_share() =>
        Gen.Select(Gen.Double[1e-6, 1 - 1e-6], Gen.Double[-50, 50], Gen.Double[1e-3, 60]).Sample((q, a, width) =>
        {
            var b = a + width;
            var x = TruncatedNormal.Quantile(q, a, b);
            Assert.InRange(x, a, b);

            // A rounding error of x moves the mass by up to |x| ulps times the density, so the share is as good as that.
            var share = Math.Exp(Normal.LogMass(a, x) - Normal.LogMass(a, b));
            Near.Relative(q, share, 1e-12 * (1 + (x * x)) / Math.Min(q, 1), floor: 1);
        });
}
