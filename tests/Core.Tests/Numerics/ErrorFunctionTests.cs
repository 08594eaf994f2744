using Optuna.Numerics;
using Xunit;

namespace Optuna.Tests.Numerics;

/// <summary>The expected numbers were worked out with 60 digits.</summary>
public sealed class ErrorFunctionTests
{
    [Theory]
    [InlineData(1e-300, 1.1283791670955126e-300, 1.0, 1.0)]
    [InlineData(1e-09, 1.1283791670955127e-09, 0.9999999988716208, 0.9999999988716208)]
    [InlineData(0.1, 0.1124629160182849, 0.887537083981715, 0.8964569799691267)]
    [InlineData(0.46875, 0.49261347321793797, 0.507386526782062, 0.6320696892495561)]
    [InlineData(0.47, 0.4937450508860821, 0.5062549491139179, 0.6314005166600343)]
    [InlineData(0.84, 0.7651427114549945, 0.23485728854500548, 0.47560041951241155)]
    [InlineData(1.0, 0.8427007929497149, 0.15729920705028513, 0.427583576155807)]
    [InlineData(1.5, 0.9661051464753108, 0.033894853524689274, 0.3215854164543175)]
    [InlineData(2.9, 0.9999589021219005, 4.109787809945886e-05, 0.18460182595559083)]
    [InlineData(4.0, 0.9999999845827421, 1.541725790028002e-08, 0.13699945762506138)]
    [InlineData(4.1, 0.9999999932999724, 6.700027654084918e-09, 0.133834116418652)]
    [InlineData(5.5, 0.9999999999999927, 7.357847917974398e-15, 0.10096221839949909)]
    [InlineData(10.0, 1.0, 2.088487583762545e-45, 0.05614099274382259)]
    [InlineData(20.0, 1.0, 5.395865611607901e-176, 0.02817434874105132)]
    [InlineData(26.5, 1.0, 2.2109076642637343e-307, 0.021275046685371106)]
    public void All_three_forms_are_accurate_for_positive_arguments(double x, double erf, double erfc, double erfcx)
    {
        Near.Relative(erf, ErrorFunction.Erf(x), 4e-16);
        Near.Relative(erfc, ErrorFunction.Erfc(x), 1e-15);
        Near.Relative(erfcx, ErrorFunction.Erfcx(x), 1e-15);
    }

    [Theory]
    [InlineData(-0.3, -0.3286267594591274, 1.3286267594591274)]
    [InlineData(-1.0, -0.8427007929497149, 1.8427007929497148)]
    [InlineData(-3.0, -0.9999779095030014, 1.9999779095030015)]
    [InlineData(-7.0, -1.0, 2.0)]
    public void Negative_arguments_mirror_positive_ones(double x, double erf, double erfc)
    {
        Near.Relative(erf, ErrorFunction.Erf(x), 4e-16);
        Near.Relative(erfc, ErrorFunction.Erfc(x), 4e-16);
    }

    [Fact]
    public void The_ends_of_the_line_and_no_number_at_all_have_their_limits()
    {
        Assert.Equal(1, ErrorFunction.Erf(double.PositiveInfinity));
        Assert.Equal(-1, ErrorFunction.Erf(double.NegativeInfinity));
        Assert.Equal(0, ErrorFunction.Erfc(double.PositiveInfinity));
        Assert.Equal(2, ErrorFunction.Erfc(double.NegativeInfinity));
        Assert.True(double.IsNaN(ErrorFunction.Erf(double.NaN)));
        Assert.True(double.IsNaN(ErrorFunction.Erfc(double.NaN)));
    }
}
