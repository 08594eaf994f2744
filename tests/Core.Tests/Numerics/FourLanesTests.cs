using CsCheck;
using Optuna.Numerics;
using Xunit;

namespace Optuna.Tests.Numerics;

public sealed class FourLanesTests
{
    private static readonly Gen<(double[] A, double[] B)> Pairs =
        from n in Gen.Int[0, 40]
        from a in Gen.Double[-1e3, 1e3].Array[n]
        from b in Gen.Double[-1e3, 1e3].Array[n + 3]
        select (a, b);

    [Fact]
    public void A_product_is_that_of_a_plain_loop() => Pairs.Sample(p =>
    {
        double expected = 0, size = 0;
        for (var i = 0; i < p.A.Length; i++)
        {
            expected += p.A[i] * p.B[i];
            size += Math.Abs(p.A[i] * p.B[i]);
        }

        Assert.Equal(expected, FourLanes.Dot(p.A, p.B), 1e-14 * size);
    });

    [Fact]
    public void A_multiple_is_added_element_by_element_and_nothing_beyond() => Gen.Select(Pairs, Gen.Double[-9, 9]).Sample((p, factor) =>
    {
        var sum = p.B.ToArray();
        FourLanes.Add(sum, factor, p.A);
        for (var i = 0; i < sum.Length; i++)
            Assert.Equal(i < p.A.Length ? p.B[i] + (p.A[i] * factor) : p.B[i], sum[i]);
    });

    [Fact]
    public void A_rotation_is_one_element_by_element_and_nothing_beyond() => Gen.Select(Pairs, Gen.Double[-4, 4]).Sample((p, angle) =>
    {
        var (c, s) = (Math.Cos(angle), Math.Sin(angle));
        var (first, second) = (p.A.ToArray(), p.B.ToArray());
        FourLanes.Rotate(first, second, c, s);
        for (var i = 0; i < second.Length; i++)
        {
            Assert.Equal(i < p.A.Length ? (p.B[i] * c) - (p.A[i] * s) : p.B[i], second[i]);
            if (i < p.A.Length)
                Assert.Equal((p.A[i] * c) + (p.B[i] * s), first[i]);
        }
    });

    [Fact]
    public void A_shorter_partner_is_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => FourLanes.Dot(new double[5], new double[4]));
        Assert.ThrowsAny<ArgumentException>(() => FourLanes.Add(new double[4], 1, new double[5]));
        Assert.ThrowsAny<ArgumentException>(() => FourLanes.Rotate(new double[5], new double[4], 1, 0));
    }
}
