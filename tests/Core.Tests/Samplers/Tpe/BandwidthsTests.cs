using Optuna.Samplers.Tpe;
using Xunit;

namespace Optuna.Tests.Samplers.Tpe;

public sealed class BandwidthsTests
{
    private static readonly ParzenOptions Unclipped = new() { MagicClip = false };

    [Fact]
    public void A_width_is_the_larger_distance_to_a_neighbour_and_the_ends_look_inward() =>
        Assert.Equal([2, 4, 4], Widths([1, 3, 7], Unclipped));

    [Fact]
    public void With_endpoints_the_outermost_also_look_at_the_ends_of_the_range() =>
        Assert.Equal([2, 4, 4], Widths([2, 3, 7], Unclipped with { Endpoints = true }));

    [Fact]
    public void A_lone_observation_reaches_to_the_farther_end() => Assert.Equal([8], Widths([2], Unclipped));

    [Fact]
    public void Equal_observations_share_what_is_to_their_left_and_right_by_rank() =>
        Assert.Equal([2, 1e-12, 4, 2, 4], Widths([3, 3, 3, 1, 7], Unclipped));

    [Fact]
    public void The_floor_falls_with_the_number_of_kernels_to_a_hundredth_of_the_range()
    {
        Assert.Equal([2.5, 2.5], Widths([5, 5.1], ParzenOptions.Default));
        Assert.Equal(0.1, new Bandwidths(0, 10, 98, ParzenOptions.Default).Smallest);
        Assert.Equal(0.1, new Bandwidths(0, 10, 5000, ParzenOptions.Default).Smallest);
    }

    private static double[] Widths(double[] means, ParzenOptions options)
    {
        var ascending = Enumerable.Range(0, means.Length).OrderBy(i => means[i]).ToArray();
        var widths = new double[means.Length];
        new Bandwidths(0, 10, means.Length, options).Fill(means, ascending, widths);
        return [.. widths.Select(w => w == 1e-12 ? w : Math.Round(w, 12))];
    }
}
