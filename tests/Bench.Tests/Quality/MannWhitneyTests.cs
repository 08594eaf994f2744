using Optuna.Bench.Quality.Statistics;

namespace Optuna.Tests.Quality;

/// <summary>The p-values are those of SciPy 1.10's <c>mannwhitneyu</c>, two-sided, with continuity correction.</summary>
public sealed class MannWhitneyTests
{
    private static readonly double[] s_ten = [1.789, 0.437, 0.096, -1.863, -0.277, -0.355, -0.083, -0.627, -0.044, -0.477];

    private static readonly double[] s_twenty =
    [
        -0.714, 1.485, 1.481, 2.31, 0.65, 0.195, 0.055, -0.946, 1.582, -0.501, -0.585, 0.394, 2.086, 0.837, -0.424, -0.113, 1.225, 0.439,
        -0.169, 0.37,
    ];

    [Fact]
    public void Small_samples_without_ties_are_counted_exactly()
    {
        Same(MannWhitney.Test([1.1, 2.2, 3.3], [4.4, 5.5, 6.6, 7.7]), 0, 0.05714285714285714);
        Same(MannWhitney.Test(s_ten, s_twenty), 67, 0.15521017380087845);
        Same(
            MannWhitney.Test(
                [1.108, 1.119, 1.488, -1.118, 0.846, -1.861, -0.603, -1.914, 1.048, 1.334],
                [2.803, 4.775, 2.325, 3.151, 3.153, 1.936, 3.438, 4.939, 1.975, 3.899]),
            0, 1.082508822446903e-05);
    }

    [Fact]
    public void Ties_share_their_ranks_and_narrow_the_distribution()
    {
        Same(MannWhitney.Test([1, 4, -2, -1, -2, -5, -2, -2, 2, 0], [-2, 2, 0, -2, 0, 0, -1, 1, -3, 0, 3, 3]), 47.5, 0.4209492614972816);
        Same(MannWhitney.Test([1, 1, 1, 1, 1, 2, 3], [1, 1, 1, 1, 1, 1, 1, 1]), 36, 0.1423450481188463);
        Same(MannWhitney.Test([1, double.PositiveInfinity, double.PositiveInfinity, 2, 5], [.5, double.PositiveInfinity, .2, .1, .7, .6]), 26, 0.05302739120252687);
    }

    [Fact]
    public void Large_samples_are_taken_as_normal()
    {
        double[] forty =
        [
            -0.155, 1.77, 0.484, 0.676, 0.643, 0.249, -1.396, 1.392, -1.371, 0.239, 0.614, -0.838, 0.145, 1.168, -0.024, -0.889, -2.916,
            -0.972, -0.591, -0.516, -0.96, 0.377, -0.575, -0.109, 0.679, -0.855, -0.3, 2.158, 0.874, -1.294, -0.08, 0.564, 1.233, 0.149,
            -0.531, -0.731, 0.645, 0.313, -0.517, -0.189,
        ];
        double[] fortyFive =
        [
            -0.016, 1.125, -0.29, 0.886, 1.252, 0.886, -0.434, 1.745, -0.278, 0.826, -0.353, -1.344, 0.626, 0.687, 0.323, 0.676, -0.248,
            -0.337, 0.232, 2.309, 1.215, -0.12, 0.959, -0.078, -0.057, 1.259, -0.125, -1.276, -0.506, 0.488, 0.528, 1.642, -0.316, 1.131,
            0.826, 0.251, 1.236, 0.892, -0.462, 1.472, -0.821, 0.46, 0.402, 0.825, -0.325,
        ];
        Same(MannWhitney.Test(forty, fortyFive), 640.5, 0.0225839002801475);
    }

    [Fact]
    public void Exchanging_the_samples_changes_the_winner_and_nothing_else()
    {
        var (ab, ba) = (MannWhitney.Test(s_ten, s_twenty), MannWhitney.Test(s_twenty, s_ten));
        Assert.Equal(ab.PValue, ba.PValue, 1e-12);
        Assert.Equal(200, ab.U + ba.U);
    }

    [Fact]
    public void Equal_values_throughout_say_nothing() => Assert.Equal(1, MannWhitney.Test([2, 2, 2], [2, 2, 2, 2]).PValue);

    [Fact]
    public void An_empty_sample_is_refused() =>
        Assert.Contains("0 and 1", Assert.Throws<ArgumentException>(() => MannWhitney.Test([], [1])).Message);

    private static void Same(MannWhitney actual, double u, double p)
    {
        Assert.Equal(u, actual.U);
        Assert.Equal(p, actual.PValue, p * 1e-9);
    }
}
