using System.Runtime.Intrinsics;
using CsCheck;
using Optuna.Numerics;
using Xunit;

namespace Optuna.Tests.Numerics;

public sealed class VectorMathTests
{
    // Both columns as NumPy 1.24 printed them on a machine with AVX-512.
    private static readonly (double X, double Exp)[] Exponentials =
    [
        (-11.099658554486973, 1.5117484736050422e-05),
        (-17.414646123547527, 2.7347352225094797e-08),
        (-1.033595776697132, 0.3557255484761702),
        (-1.837221815875843, 0.15925926362757664),
        (-0.48841118879482914, 0.6136005155065993),
        (-0.30587193145132285, 0.7364809334609191),
        (-0.07659078564803157, 0.9262688185565929),
        (-0.005184179878729433, 0.9948292347904143),
        (0.0, 1.0),
        (-0.6931471805599453, 0.5),
    ];

    private static readonly (double X, double Log)[] Logarithms =
    [
        (1.0, 0.0),
        (0.3333333333333333, -1.0986122886681098),
        (0.6666666666666666, -0.40546510810816444),
        (0.25, -1.3862943611198906),
        (0.09090909090909091, -2.3978952727983707),
        (0.9, -0.10536051565782628),
        (1e-05, -11.512925464970229),
        (7.25, 1.9810014688665833),
        (123.456, 4.815884817283264),
        (5e-300, -689.1660899857795),
    ];

    [Fact]
    public void Exponentials_are_NumPys_to_the_last_bit()
    {
        foreach (var (x, exp) in Exponentials)
            Assert.Equal(exp, VectorMath.Exp(Vector256.Create(x))[0]);
    }

    [Fact]
    public void Logarithms_are_NumPys_to_the_last_bit()
    {
        foreach (var (x, log) in Logarithms)
            Assert.Equal(log, VectorMath.Log(x));
    }

    [Fact]
    public void An_exponential_is_at_most_one_ulp_off() =>
        Gen.Double[-700, 700].Sample(x => Assert.InRange(UlpsOff(Math.Exp(x), VectorMath.Exp(Vector256.Create(x))[0]), 0, 1));

    [Fact]
    public void A_logarithm_is_at_most_two_ulps_off() =>
        Gen.Double[-700, 700].Sample(x => Assert.InRange(UlpsOff(Math.Log(Math.Exp(x)), VectorMath.Log(Math.Exp(x))), 0, 2));

    [Fact]
    public void An_exponential_of_a_term_is_accurate_to_1e_12_in_either_width() =>
        Gen.Double[-690, 700].Sample(x =>
        {
            var narrow = VectorMath.ExpOfTerm(Vector256.Create(x))[1];
            Near.Relative(Math.Exp(x), narrow, 1e-12);
            if (Vector512.IsHardwareAccelerated)
                Assert.Equal(narrow, VectorMath.ExpOfTerm(Vector512.Create(x))[5]);
        });

    [Fact]
    public void A_term_too_small_to_count_is_next_to_nothing() =>
        Assert.InRange(VectorMath.ExpOfTerm(Vector256.Create(double.NegativeInfinity))[0], 0, 1e-290);

    [Fact]
    public void The_width_of_vectors_changes_no_number()
    {
        Assert.SkipUnless(Vector512.IsHardwareAccelerated, "This machine has no vectors of 512 bits.");
        Gen.Double[-700, 700].Sample(x =>
            Assert.Equal(VectorMath.Exp(Vector256.Create(x))[3], VectorMath.Exp(Vector512.Create(x))[7]));
    }

    [Theory]
    [InlineData(0, double.NegativeInfinity)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(-1, double.NaN)]
    [InlineData(double.NaN, double.NaN)]
    public void Logarithms_at_the_ends_are_the_usual_ones(double x, double expected)
    {
        var destination = new double[5];
        VectorMath.Log([1, 2, x, 3, x], destination);
        Assert.Equal(expected, destination[2]);
        Assert.Equal(expected, destination[4]);
        Assert.Equal(VectorMath.Log(3), destination[3]);
    }

    private static long UlpsOff(double expected, double actual) =>
        Math.Abs(BitConverter.DoubleToInt64Bits(expected) - BitConverter.DoubleToInt64Bits(actual));
}
