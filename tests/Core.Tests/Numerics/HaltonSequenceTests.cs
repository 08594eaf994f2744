using Optuna.Numerics;
using Xunit;

namespace Optuna.Tests.Numerics;

public sealed class HaltonSequenceTests
{
    // As SciPy 1.10 printed them.
    public static TheoryData<int, long, int[], double[]> SciPyPoints => new()
    {
        { 3, 0, [0, 1, 2], [0, 0, 0] },
        { 3, 1, [0, 1, 2], [0.5, 0.3333333333333333, 0.2] },
        { 3, 6, [0, 1, 2], [0.375, 0.2222222222222222, 0.24000000000000002] },
        { 10, 1000, [0, 1, 5, 9], [0.0927734375, 0.3475080018289895, 0.9904415111515704, 0.4887449259912255] },
        { 50, 123456, [0, 3, 20, 49], [0.00890350341796875, 0.6510989711526902, 0.1803931447725935, 0.11071506518991732] },
    };

    [Theory]
    [MemberData(nameof(SciPyPoints))]
    public void Plain_points_are_those_of_SciPy(int dimensions, long index, int[] coordinates, double[] expected)
    {
        var point = new double[dimensions];
        HaltonSequence.Plain(dimensions).Point(index, point);
        for (var i = 0; i < coordinates.Length; i++)
            Near.Relative(expected[i], point[coordinates[i]], 1e-15);
    }

    [Fact]
    public void A_scramble_keeps_the_spread_and_is_decided_by_the_seed()
    {
        double[][] Points(uint seed)
        {
            var sequence = HaltonSequence.Scrambled(3, new RandomState(seed));
            return [.. Enumerable.Range(0, 30).Select(i =>
            {
                var p = new double[3];
                sequence.Point(i, p);
                return p;
            })];
        }

        var points = Points(9);
        Assert.Equal(points, Points(9));
        Assert.NotEqual(points, Points(10));
        foreach (var (dimension, slices) in ((int, int)[])[(0, 16), (1, 27), (2, 25)])
            Assert.Equal(Enumerable.Range(0, slices), points.Take(slices).Select(p => (int)((p[dimension] * slices) + 1e-9)).Order());
    }

    [Fact]
    public void Over_many_scrambles_a_point_is_uniform()
    {
        var point = new double[3];
        var counts = new int[10];
        for (var seed = 0u; seed < 2000; seed++)
        {
            HaltonSequence.Scrambled(3, new RandomState(seed)).Point(0, point);
            Assert.All(point, x => Assert.InRange(x, 0, Math.BitDecrement(1.0)));
            counts[(int)(point[2] * 10)]++;
        }

        Assert.All(counts, c => Assert.InRange(c, 140, 260));
    }

    [Fact]
    public void A_dimension_less_than_one_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => HaltonSequence.Plain(0));
}
