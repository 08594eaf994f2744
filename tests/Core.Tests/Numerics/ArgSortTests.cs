using CsCheck;
using Optuna.Numerics;
using Xunit;

namespace Optuna.Tests.Numerics;

public sealed class ArgSortTests
{
    [Theory]
    [InlineData(1, 16, 4,
        new[] { 2, 3, 9, 10, 12, 15, 0, 5, 7, 11, 14, 1, 4, 6, 8, 13 })]
    [InlineData(2, 17, 4,
        new[] { 0, 3, 8, 11, 14, 2, 4, 6, 10, 1, 5, 7, 15, 9, 12, 13, 16 })]
    [InlineData(3, 40, 5,
        new[] { 1, 26, 4, 5, 6, 35, 16, 31, 13, 29, 10, 18, 27, 23, 33, 37, 2, 11, 28, 25, 0, 19, 20, 17, 12, 21, 8, 30, 24, 3, 7, 9, 32, 34, 36, 22, 15, 38, 14, 39 })]
    [InlineData(4, 54, 8,
        new[] { 45, 18, 27, 46, 7, 35, 40, 51, 5, 4, 41, 9, 31, 50, 17, 36, 20, 0, 43, 10, 8, 48, 42, 24, 47, 26, 11, 21, 19, 25, 53, 49, 29, 30, 3, 33, 13, 38, 1, 14, 52, 37, 34, 32, 22, 23, 39, 15, 44, 12, 6, 28, 2, 16 })]
    public void Equal_values_come_in_NumPys_order(uint seed, int n, int kinds, int[] expected)
    {
        var random = new RandomState(seed);
        var values = Enumerable.Range(0, n).Select(_ => (double)random.NextIndex(kinds)).ToArray();
        var order = new int[n];

        ArgSort.Fill(values, order);

        Assert.Equal(expected, order);
    }

    [Theory]
    [InlineData(5, 200, 10, 1986140)]
    [InlineData(6, 1000, 3, 239900309)]
    [InlineData(7, 1000, 700, 250567436)]
    [InlineData(8, 5000, 50, 31395855793)]
    public void So_do_those_of_long_rows(uint seed, int n, int kinds, long sumOfRankTimesIndex)
    {
        var random = new RandomState(seed);
        var values = Enumerable.Range(0, n).Select(_ => (double)random.NextIndex(kinds)).ToArray();
        var order = new int[n];

        ArgSort.Fill(values, order);

        Assert.Equal(sumOfRankTimesIndex, order.Select((index, rank) => (rank + 1L) * index).Sum());
    }

    [Fact]
    public void Any_values_come_out_ascending_and_each_once() =>
        Gen.Int[0, 40].Select(i => (double)i).Array[0, 3000].Sample(values =>
        {
            var order = new int[values.Length];
            ArgSort.Fill(values, order);
            Assert.Equal(values.Order(), order.Select(i => values[i]));
            Assert.Equal(Enumerable.Range(0, values.Length), order.Order());
        }, iter: 300);
}
