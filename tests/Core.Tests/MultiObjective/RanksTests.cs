using CsCheck;
using Optuna.MultiObjective;
using Xunit;

namespace Optuna.Tests.MultiObjective;

public sealed class RanksTests
{
    private const int Iterations = 3000;

    [Fact]
    public void Ranks_are_those_of_peeling_front_by_front() => Fronts.Any.Sample(
        points => NonDominatedRanks.Of(points).SequenceEqual(Peeled(points, null)), iter: Iterations, print: Fronts.Text);

    [Fact]
    public void Ranks_kept_up_are_those_made_anew() => Fronts.Any.Sample(
        points =>
        {
            var fronts = new RankedFronts(points.Dimensions);
            for (var i = 0; i < points.Count; i++)
            {
                fronts.Add(points[i]);
                var expected = NonDominatedRanks.Of(points.Take([.. Enumerable.Range(0, i + 1)]));
                Assert.Equal(expected.Max() + 1, fronts.Ranks);
                for (var rank = 0; rank < fronts.Ranks; rank++)
                    Assert.Equal(Enumerable.Range(0, i + 1).Where(r => expected[r] == rank), fronts[rank].Order());
            }
        },
        iter: Iterations / 10, print: Fronts.Text);

    [Fact]
    public void A_point_taken_back_leaves_the_ranks_as_they_were() => Fronts.Any.Sample(
        points =>
        {
            var fronts = new RankedFronts(points.Dimensions);
            string Ranks() => string.Join(" | ", Enumerable.Range(0, fronts.Ranks).Select(rank => string.Join(" ", fronts[rank].Order())));
            var before = new Stack<string>();
            for (var i = 0; i < points.Count; i++)
            {
                before.Push(Ranks());
                fronts.Add(points[i]);
            }

            while (before.TryPop(out var expected))
            {
                fronts.RemoveLast();
                Assert.Equal(expected, Ranks());
            }
        },
        iter: Iterations / 10, print: Fronts.Text);

    [Fact]
    public void A_rank_has_a_new_version_when_its_members_change_and_only_then() => Fronts.Any.Sample(
        points =>
        {
            var fronts = new RankedFronts(points.Dimensions);
            for (var i = 0; i < points.Count; i++)
            {
                var before = Enumerable.Range(0, fronts.Ranks).Select(r => (fronts.VersionOf(r), Members: fronts[r].Order().ToArray())).ToArray();
                fronts.Add(points[i]);
                for (var rank = 0; rank < before.Length; rank++)
                    Assert.Equal(before[rank].Members.SequenceEqual(fronts[rank].Order()), before[rank].Item1 == fronts.VersionOf(rank));
            }
        },
        iter: Iterations / 10, print: Fronts.Text);

    [Fact]
    public void Infeasible_points_come_after_all_feasible_ones_by_how_much_they_violate()
    {
        var violation = Gen.Frequency((3, Gen.Const(double.NaN)), (1, Gen.Const(0.0)), (2, Gen.Int[1, 3].Select(i => (double)i)), (1, Gen.Const(double.PositiveInfinity)));
        Gen.Select(Fronts.Any, violation.Array[40]).Sample(
            (points, violations) => NonDominatedRanks.Of(points, violations.AsSpan(0, points.Count)).SequenceEqual(Peeled(points, violations)),
            iter: Iterations);
    }

    [Fact]
    public void The_front_is_rank_0_with_equal_points_or_without() => Fronts.Any.Sample(
        points =>
        {
            var ranks = NonDominatedRanks.Of(points);
            var all = Enumerable.Range(0, points.Count).Where(i => ranks[i] == 0).ToArray();
            Assert.Equal(all, NonDominated.Rows(points, unique: false).Order());
            var distinct = NonDominated.Rows(points, unique: true);
            Assert.All(all, i => Assert.Single(distinct, d => Equal(points, d, i)));
        },
        iter: Iterations, print: Fronts.Text);

    [Fact]
    public void Violating_less_dominates_whatever_the_losses()
    {
        double[] good = [0, 0], bad = [1, 1];
        Assert.True(Domination.Dominates(bad, double.NaN, good, 1));
        Assert.True(Domination.Dominates(bad, 1, good, 2));
        Assert.False(Domination.Dominates(good, 2, bad, 1));
        Assert.False(Domination.Dominates(good, 1, bad, 1));
        Assert.True(Domination.Dominates(good, 0, bad, double.NaN));
        Assert.False(Domination.Dominates(good, 0, good, 0));
    }

    private static int[] Peeled(PointSet points, double[]? violations)
    {
        var ranks = new int[points.Count];
        var left = Enumerable.Range(0, points.Count).ToList();
        double Of(int i) => violations is null ? double.NaN : violations[i];
        for (var rank = 0; left.Count > 0; rank++)
        {
            // By constrained domination an infeasible point is dominated by every feasible one.
            var front = left.Where(i => !left.Exists(j => Domination.Dominates(points[j], Of(j), points[i], Of(i)))).ToArray();
            foreach (var i in front)
            {
                ranks[i] = rank;
                left.Remove(i);
            }
        }

        return ranks;
    }

    private static bool Equal(PointSet points, int a, int b)
    {
        for (var k = 0; k < points.Dimensions; k++)
        {
            if (points[a][k] != points[b][k])
                return false;
        }

        return true;
    }
}
