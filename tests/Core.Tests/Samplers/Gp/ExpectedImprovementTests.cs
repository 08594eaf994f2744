using CsCheck;
using Optuna.Samplers.Gp;
using Optuna.Tests.Numerics;
using Xunit;

namespace Optuna.Tests.Samplers.Gp;

/// <summary>The expected numbers were worked out with 60 digits.</summary>
public sealed class ExpectedImprovementTests
{
    [Theory]
    [InlineData(-1000000.0, -500000000028.54996, 1000000.000002)]
    [InlineData(-300.0, -45012.326536814554, 300.00666644446173)]
    [InlineData(-60.0, -1809.1084601822722, 60.03330560942051)]
    [InlineData(-30.5, -472.88260479123593, 30.565363873696237)]
    [InlineData(-29.5, -442.81615258435892, 29.567564754834345)]
    [InlineData(-20.0, -206.9178385094251, 20.099262811101282)]
    [InlineData(-6.0, -22.578879392169797, 6.3098407732098316)]
    [InlineData(-1.5, -3.5299359208057099, 2.2795806941564462)]
    [InlineData(-0.99, -2.4661143916690494, 1.8970576371863509)]
    [InlineData(-0.3, -1.3214012449190435, 1.4323241816484151)]
    [InlineData(0.0, -0.91893853320467274, 1.2533141373155003)]
    [InlineData(0.7, -0.17093141922474072, 0.89934143441173925)]
    [InlineData(3.0, 1.0987396653277078, 0.33284096845179524)]
    [InlineData(40.0, 3.6888794541139363, 0.025)]
    public void The_logarithm_of_the_improvement_and_its_slope_hold_far_below_the_best(double z, double log, double slope)
    {
        var found = ExpectedImprovement.At(z);
        Near.Relative(log, found.Log, 1e-14);
        Near.Relative(slope, found.Slope, 3e-11);
    }

    [Theory]
    [InlineData(-100000.0, -5000000012.431864, 100000.00001)]
    [InlineData(-40.0, -804.60844201375379, 40.024968847207264)]
    [InlineData(-3.0, -6.6077262215103495, 3.2830986549304365)]
    [InlineData(0.0, -0.69314718055994531, 0.79788456080286536)]
    [InlineData(0.5, -0.36894641528865639, 0.50916043383703349)]
    [InlineData(4.0, -3.1671743377489264e-5, 0.00013383446446857514)]
    public void The_logarithm_of_a_probability_and_its_slope_hold_in_both_tails(double z, double log, double slope)
    {
        var found = ExpectedImprovement.Probability(z);
        Near.Relative(log, found.Log, 1e-14);
        Near.Relative(slope, found.Slope, 1e-14);
    }

    [Fact]
    public void It_rises_without_a_jump_where_its_formula_changes() => Gen.Double[-1e-9, 1e-9].Sample(step =>
    {
        foreach (var limit in (double[])[-30, -1])
        {
            var (at, beside) = (ExpectedImprovement.At(limit), ExpectedImprovement.At(limit + step));
            Near.Relative(at.Log + (step * at.Slope), beside.Log, 1e-13);
            Near.Relative(at.Slope, beside.Slope, 3e-9);
        }
    });
}
