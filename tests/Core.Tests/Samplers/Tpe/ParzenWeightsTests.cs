using Optuna.Samplers.Tpe;
using Xunit;

namespace Optuna.Tests.Samplers.Tpe;

public sealed class ParzenWeightsTests
{
    [Theory]
    [InlineData(0, new double[0])]
    [InlineData(3, new[] { 1.0, 1, 1 })]
    public void A_short_history_counts_in_full(int n, double[] expected)
    {
        var weights = new double[n];
        ParzenWeights.Default(weights);
        Assert.Equal(expected, weights);
    }

    [Theory]
    [InlineData(25, 0)]
    [InlineData(26, 1)]
    [InlineData(27, 2)]
    [InlineData(100, 75)]
    public void Older_observations_ramp_up_from_one_nth_to_one(int n, int older)
    {
        var weights = new double[n];

        ParzenWeights.Default(weights);

        Assert.All(weights[older..], w => Assert.Equal(1, w));
        if (older > 0)
            Assert.Equal(1.0 / n, weights[0]);
        for (var i = 2; i < older; i++)
            Assert.Equal(weights[1] - weights[0], weights[i] - weights[i - 1], 1e-14);
        if (older > 1)
            Assert.Equal(1, weights[older - 1]);
    }

    [Fact]
    public void The_prior_comes_last_and_all_add_up_to_one()
    {
        var weights = new double[4];
        ParzenWeights.Fill(weights, new ParzenOptions { PriorWeight = 2 });
        Assert.Equal([.2, .2, .2, .4], weights);

        var alone = new double[1];
        ParzenWeights.Fill(alone, new ParzenOptions { PriorWeight = 0 });
        Assert.Equal([1.0], alone);
    }

    [Theory]
    [InlineData(new[] { 1.0, -1 }, "negative")]
    [InlineData(new[] { 0.0, 0 }, "zeros")]
    [InlineData(new[] { 1, double.NaN }, "NaN")]
    [InlineData(new[] { 1, double.PositiveInfinity }, "infinite")]
    [InlineData(new[] { 1.0 }, "returned 1 weights for 2")]
    public void Useless_weights_of_ones_own_are_refused(double[] given, string because)
    {
        var options = new ParzenOptions { Weights = _ => given };
        Assert.Contains(because, Assert.Throws<ArgumentException>(() => ParzenWeights.Fill(new double[3], options)).Message);
    }

    [Fact]
    public void Too_many_weights_are_cut_to_the_observations()
    {
        var weights = new double[3];
        ParzenWeights.Fill(weights, new ParzenOptions { Weights = _ => [1, 2, 3, 4] });
        Assert.Equal([.25, .5, .25], weights);
    }

    [Fact]
    public void A_negative_prior_weight_is_refused() =>
        Assert.Contains("prior_weight", Assert.Throws<ArgumentException>(() => new ParzenOptions { PriorWeight = -1 }).Message);

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(10, 1, 1)]
    [InlineData(11, 2, 1)]
    [InlineData(70, 7, 3)]
    [InlineData(1000, 25, 8)]
    public void The_share_of_good_trials_is_Optunas(int n, int good, int hyperopt)
    {
        Assert.Equal(good, TpeGamma.Default(n));
        Assert.Equal(hyperopt, TpeGamma.Hyperopt(n));
        Assert.Equal((int)Math.Ceiling(0.1 * n), TpeGamma.MultiObjective(n));
    }
}
