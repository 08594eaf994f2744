using CsCheck;
using Optuna.MultiObjective;
using Optuna.Numerics;
using Optuna.Samplers.Nsga;
using Xunit;

namespace Optuna.Tests.Samplers.Nsga;

public sealed class ReferenceSelectionTests
{
    [Fact]
    public void Directions_are_all_ways_to_share_out_the_parts() => Assert.Equal(
        ["3 0 0", "2 1 0", "2 0 1", "1 2 0", "1 1 1", "1 0 2", "0 3 0", "0 2 1", "0 1 2", "0 0 3"],
        ReferenceSelection.Spread(3, 3).Select(p => string.Join(" ", p)));

    [Fact]
    public void The_plane_through_the_extremes_meets_every_axis_at_1()
    {
        var normal = Normalization.Of(new PointSet([10, 0, 0, 5, 4, 3], 2));
        Assert.Equal([1, 0, 0, 1], normal.All[..4].ToArray().Select(x => Math.Round(x, 12)));
        Assert.Equal([0.4, 0.6], normal[2].ToArray().Select(x => Math.Round(x, 12)));
    }

    [Fact]
    public void Values_all_equal_or_infinite_are_lived_with()
    {
        Assert.All(Normalization.Of(new PointSet([1, 1, 1, 1], 2)).All.ToArray(), x => Assert.Equal(0, x));
        Assert.All(Normalization.Of(new PointSet([double.PositiveInfinity, 1, double.NegativeInfinity, 2, 3, 1, 4, 2], 2)).All.ToArray(), x => Assert.True(double.IsFinite(x)));
        Assert.All(Normalization.Of(new PointSet([double.PositiveInfinity, double.NegativeInfinity], 2)).All.ToArray(), x => Assert.True(double.IsFinite(x)));
    }

    [Fact]
    public void A_direction_without_chosen_trials_gets_its_nearest_first()
    {
        // Two chosen near the first axis; candidates near the second at two distances, and one more near the first.
        var normal = new PointSet([1, 0.1, 1, 0.2, 0.3, 1, 0.1, 1, 0.9, 0], 2);
        var chosen = new Niches(normal, [[1, 0], [0, 1]], 2).Choose(2, new RandomState(1));
        Assert.Equal([1, 0], chosen);
    }

    [Fact]
    public void As_many_are_chosen_as_there_are_places_and_none_twice() =>
        (from n in Gen.Int[1, 20]
         from chosen in Gen.Int[0, n]
         from values in Gen.Double[0, 1].Array[n * 3]
         from places in Gen.Int[0, n - chosen]
         select (new PointSet(values, n, 3), chosen, places)).Sample(
            (points, chosen, places) =>
            {
                var picked = new Niches(points, ReferenceSelection.Spread(3, 3), chosen).Choose(places, new RandomState(2));
                Assert.Equal(places, picked.Distinct().Count());
                Assert.All(picked, i => Assert.InRange(i, 0, points.Count - chosen - 1));
            },
            iter: 300);

    [Fact]
    public void Small_systems_are_solved_and_dependent_rows_are_told()
    {
        double[][] rows = [[0, 2, 1], [1, 0, 0], [3, 1, 4]];
        Assert.True(SmallSystem.HasFullRank(rows));
        var x = SmallSystem.SolveForOnes(rows);
        Assert.All(rows, row => Assert.Equal(1, row.Zip(x, (a, b) => a * b).Sum(), 1e-12));
        Assert.False(SmallSystem.HasFullRank([[1, 2, 3], [2, 4, 6], [0, 0, 1]]));
        Assert.False(SmallSystem.HasFullRank([[0, 0], [0, 0]]));
        Assert.False(SmallSystem.HasFullRank([[1, double.PositiveInfinity], [0, 1]]));
    }
}
