using Optuna.Numerics;
using Xunit;

namespace Optuna.Tests.Numerics;

public sealed class PairwiseSumTests
{
    [Theory]
    [InlineData(0, 0.0)]
    [InlineData(3, 1008.0220391685848)]
    [InlineData(8, 2169.1306781324897)]
    [InlineData(9, 2253.19032929784)]
    [InlineData(127, 61879.45958952775)]
    [InlineData(128, 62798.38847778518)]
    [InlineData(129, 63358.57410008724)]
    [InlineData(1000, 503028.2982929845)]
    public void Sums_are_NumPys_to_the_last_bit(int n, double expected)
    {
        var values = new double[n];
        new RandomState(9).NextDoubles(values);
        for (var i = 0; i < n; i++)
            values[i] *= 1e3;

        Assert.Equal(expected, PairwiseSum.Of(values));
    }
}
