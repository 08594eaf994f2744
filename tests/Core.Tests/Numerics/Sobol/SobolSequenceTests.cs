using CsCheck;
using Optuna.Numerics;
using Optuna.Numerics.Sobol;
using Xunit;

namespace Optuna.Tests.Numerics.Sobol;

public sealed class SobolSequenceTests
{
    // As SciPy 1.10 printed them.
    public static TheoryData<int, long, int[], double[]> SciPyPoints => new()
    {
        { 5, 0, [0, 1, 2, 3, 4], [0, 0, 0, 0, 0] },
        { 5, 1, [0, 1, 2, 3, 4], [0.5, 0.5, 0.5, 0.5, 0.5] },
        { 5, 2, [0, 1, 2, 3, 4], [0.75, 0.25, 0.25, 0.25, 0.75] },
        { 5, 3, [0, 1, 2, 3, 4], [0.25, 0.75, 0.75, 0.75, 0.25] },
        { 5, 100, [0, 1, 2, 3, 4], [0.4140625, 0.2578125, 0.7734375, 0.7265625, 0.8828125] },
        { 40, 12345, [0, 7, 20, 39], [0.64093017578125, 0.11334228515625, 0.19927978515625, 0.94818115234375] },
        { 40, 536870989, [0, 7, 20, 39], [0.8359375027939677, 0.11718455236405134, 0.6452026376500726, 0.008853797800838947] },
        { 21201, 1000, [0, 1000, 10000, 21200], [0.2197265625, 0.5654296875, 0.4599609375, 0.0830078125] },
        { 21201, 4095, [1, 2000, 12000, 21199, 21200], [0.941162109375, 0.914794921875, 0.446533203125, 0.960693359375, 0.898681640625] },
    };

    [Theory]
    [MemberData(nameof(SciPyPoints))]
    public void Plain_points_are_those_of_SciPy(int dimensions, long index, int[] coordinates, double[] expected)
    {
        var point = new double[dimensions];
        SobolSequence.Plain(dimensions).Point(index, point);
        Assert.Equal(expected, coordinates.Select(c => point[c]));
    }

    [Fact]
    public void Every_slice_of_a_power_of_two_has_one_point_of_as_many() =>
        Gen.Select(Gen.Int[0, 400], Gen.UInt).Sample((dimension, seed) =>
        {
            foreach (var sequence in (SobolSequence[])[SobolSequence.Plain(401), SobolSequence.Scrambled(401, new RandomState(seed))])
            {
                var column = new double[256];
                sequence.Column(dimension, column);
                Assert.Equal(Enumerable.Range(0, 256), column.Select(x => (int)(x * 256)).Order());
            }
        }, iter: 30);

    [Fact]
    public void A_column_holds_the_coordinates_of_the_points()
    {
        var sequence = SobolSequence.Scrambled(7, new RandomState(3));
        var (column, point) = (new double[300], new double[7]);
        for (var d = 0; d < 7; d++)
        {
            sequence.Column(d, column);
            for (var i = 0; i < column.Length; i += 23)
            {
                sequence.Point(i, point);
                Assert.Equal(point[d], column[i]);
            }
        }
    }

    [Fact]
    public void A_scramble_moves_every_point_and_is_decided_by_the_seed()
    {
        double[] Points(uint seed) => [.. Enumerable.Range(0, 64).SelectMany(i =>
        {
            var p = new double[3];
            SobolSequence.Scrambled(3, new RandomState(seed)).Point(i, p);
            return p;
        })];
        Assert.Equal(Points(5), Points(5));
        Assert.DoesNotContain(Points(5).Zip(Points(6)), p => p.First == p.Second);
        Assert.All(Points(5), x => Assert.InRange(x, 0, 1 - 1e-10));
    }

    [Fact]
    public void Scrambled_points_integrate_a_product_far_better_than_chance()
    {
        // ∫ Π (1 + (xᵢ − ½)) = 1; 4096 random points are off by about 0.01.
        var point = new double[6];
        for (var seed = 0u; seed < 5; seed++)
        {
            var sequence = SobolSequence.Scrambled(6, new RandomState(seed));
            var sum = 0.0;
            for (var i = 0; i < 4096; i++)
            {
                sequence.Point(i, point);
                sum += point.Aggregate(1.0, (product, x) => product * (0.5 + x));
            }

            Assert.InRange(sum / 4096, 1 - 3e-4, 1 + 3e-4);
        }
    }

    [Fact]
    public void Over_many_scrambles_a_point_is_uniform()
    {
        var point = new double[2];
        var counts = new int[10];
        for (var seed = 0u; seed < 2000; seed++)
        {
            SobolSequence.Scrambled(2, new RandomState(seed)).Point(17, point);
            counts[(int)(point[1] * 10)]++;
        }

        Assert.All(counts, c => Assert.InRange(c, 140, 260));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(21202)]
    public void Dimensions_out_of_range_are_refused(int dimensions) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SobolSequence.Plain(dimensions));

    [Theory]
    [InlineData(-1)]
    [InlineData(1L << 30)]
    public void An_index_out_of_range_is_refused(long index) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SobolSequence.Plain(2).Point(index, new double[2]));
}
