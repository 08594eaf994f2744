using CsCheck;
using Optuna.Numerics;
using Xunit;

namespace Optuna.Tests.Numerics;

/// <summary>The expected numbers were worked out with 60 digits.</summary>
public sealed class NormalTests
{
    [Theory]
    [InlineData(-100000.0, 0.0, -5000000012.431864)]
    [InlineData(-100.0, 0.0, -5005.524208694205)]
    [InlineData(-38.5, 0.0, -745.695270290411)]
    [InlineData(-20.5, 1.0764673258790961e-93, -214.0667289632638)]
    [InlineData(-19.5, 5.48911547566041e-85, -194.0169657774975)]
    [InlineData(-8.0, 6.220960574271784e-16, -35.01343715991455)]
    [InlineData(-3.0, 0.0013498980316300946, -6.607726221510349)]
    [InlineData(-1.0, 0.15865525393145705, -1.8410216450092636)]
    [InlineData(-0.5, 0.3085375387259869, -1.1759117615936185)]
    [InlineData(-1e-10, 0.49999999996010575, -0.6931471806397338)]
    [InlineData(0.0, 0.5, -0.6931471805599453)]
    [InlineData(0.3, 0.6179114221889527, -0.4814101615884812)]
    [InlineData(1.0, 0.8413447460685429, -0.17275377902344988)]
    [InlineData(2.5, 0.9937903346742238, -0.006229025485860002)]
    [InlineData(5.9, 0.9999999981824922, -1.817507864751096e-09)]
    [InlineData(6.1, 0.9999999994696577, -5.303423264355157e-10)]
    [InlineData(8.0, 0.9999999999999993, -6.220960574271786e-16)]
    [InlineData(30.0, 1.0, -4.906713927148187e-198)]
    public void The_distribution_function_and_its_logarithm_hold_in_both_tails(double x, double cdf, double logCdf)
    {
        Near.Relative(cdf, Normal.Cdf(x), 2e-15);
        Near.Relative(logCdf, Normal.LogCdf(x), 2e-15);
    }

    // As scipy.special.log_ndtr gives it; at 37, where its last three digits are wrong, worked out with 50 digits.
    [Theory]
    [InlineData(-1e8, -5000000000000020.0)]
    [InlineData(-5000.0, -12500009.436131766)]
    [InlineData(-37.6, -711.4266486707764)]
    [InlineData(-26.0, -342.17850892992794)]
    [InlineData(-25.0, -316.63940800802027)]
    [InlineData(-14.5, -108.7227881543205)]
    [InlineData(-6.0, -20.73676894997471)]
    [InlineData(-4.2, -11.224312649601075)]
    [InlineData(-0.9, -1.6924928065613385)]
    [InlineData(0.1, -0.6165050101150263)]
    [InlineData(4.5, -3.3976788968344594e-06)]
    [InlineData(9.5, -1.0494515075362604e-21)]
    [InlineData(37.0, -5.7255712225245768e-300)]
    public void The_logarithm_is_that_of_SciPy(double x, double expected) => Near.Relative(expected, Normal.LogCdf(x), 4e-15);

    // As scipy.special.ndtri_exp gives it; at -1e5, where its last four digits are wrong, worked out with 50 digits.
    [Theory]
    [InlineData(-1e10, -141421.35614695237)]
    [InlineData(-1e5, -447.19789367852505)]
    [InlineData(-800.0, -39.88469483825668)]
    [InlineData(-700.0, -37.295079632647415)]
    [InlineData(-100.0, -13.888476033003888)]
    [InlineData(-30.0, -7.35766681500875)]
    [InlineData(-5.0, -2.4709386372615887)]
    [InlineData(-1.0, -0.33747496376420244)]
    public void The_inverse_of_the_logarithm_is_that_of_SciPy(double log, double expected) =>
        Near.Relative(expected, -NormalQuantile.OfLogTail(log), 2e-14);

    [Theory]
    [InlineData(-1.0, 1.0, -0.38171514630212605)]
    [InlineData(-0.01, 0.02, -4.425546429024687)]
    [InlineData(-1e-09, 1e-09, -20.949057189591137)]
    [InlineData(0.0, 1e-12, -28.54995964913322)]
    [InlineData(2.0, 2.05, -5.964660392718821)]
    [InlineData(2.0, 3.0, -3.8443534263342056)]
    [InlineData(-3.0, -2.0, -3.8443534263342056)]
    [InlineData(-40.0, -30.0, -454.3212439563432)]
    [InlineData(30.0, 40.0, -454.3212439563432)]
    [InlineData(30.0, 30.001, -457.8416564778848)]
    [InlineData(1000.0, 1001.0, -500007.82669481216)]
    [InlineData(-1000.0, -999.99999, -500012.42685983406)]
    [InlineData(-8.0, 9.0, -6.22208916267774e-16)]
    [InlineData(-20.0, 0.0, -0.6931471805599453)]
    [InlineData(-50.0, 50.0, 0.0)]
    [InlineData(5.0, double.PositiveInfinity, -15.064998393988725)]
    [InlineData(-1.0, double.PositiveInfinity, -0.17275377902344988)]
    [InlineData(0.0625, 0.1875, -3.0068332798219317)]
    [InlineData(-0.06, 0.07, -2.959875812489973)]
    [InlineData(3.0, 3.045, -8.58709818202866)]
    public void The_mass_of_an_interval_is_accurate_wherever_it_lies(double a, double b, double expected) =>
        Near.Relative(expected, Normal.LogMass(a, b), 1e-14, floor: 1e-16);

    [Fact]
    public void Mirrored_intervals_weigh_the_same() =>
        Gen.Select(Gen.Double[-60, 60], Gen.Double[1e-9, 40]).Sample((a, width) =>
            Near.Relative(Normal.LogMass(a, a + width), Normal.LogMass(-a - width, -a), 1e-13, floor: 1e-15));

    [Fact]
    public void Neighbouring_intervals_add_up() =>
        Gen.Select(Gen.Double[-9, 9], Gen.Double[1e-4, 3], Gen.Double[1e-4, 3]).Sample((a, first, second) =>
            Near.Relative(
                Math.Exp(Normal.LogMass(a, a + first + second)),
                Math.Exp(Normal.LogMass(a, a + first)) + Math.Exp(Normal.LogMass(a + first, a + first + second)),
                1e-11));

    [Fact]
    public void An_empty_interval_has_no_mass() => Assert.Equal(double.NegativeInfinity, Normal.LogMass(1.5, 1.5));
}
