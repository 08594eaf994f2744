using CsCheck;
using Optuna.MultiObjective;
using Xunit;

namespace Optuna.Tests.MultiObjective;

public sealed class CrowdingDistanceTests
{
    [Fact]
    public void The_outermost_come_first_and_then_those_with_room()
    {
        var points = new PointSet([0, 10, 1, 5, 2, 4.5, 9, 1, 10, 0], 2);
        int[] members = [0, 1, 2, 3, 4];
        CrowdingDistance.Sort(points, members);
        Assert.Equal([0, 4], members[..2].Order());
        // 2: (9 − 1 + 5 − 1) / 10; 3: (10 − 2 + 4.5 − 0) / 10; 1: (2 − 0 + 10 − 4.5) / 10.
        Assert.Equal([3, 2, 1], members[2..]);
    }

    [Fact]
    public void Members_stand_by_the_sum_of_the_gaps_between_their_neighbours() =>
        (from m in Gen.Int[1, 4]
         from n in Gen.Int[1, 20]
         from values in Gen.Frequency((8, Gen.Double[-3, 3]), (1, Gen.Const(double.PositiveInfinity)), (1, Gen.Const(double.NegativeInfinity))).Array[n * m]
         select new PointSet(values, n, m)).Sample(
            points =>
            {
                int[] members = [.. Enumerable.Range(0, points.Count)];
                CrowdingDistance.Sort(points, members);
                Assert.Equal(Enumerable.Range(0, points.Count), members.Order());
                // Infinite ones have a width of their own making; of equal values, which stands beside which is the sort's affair.
                if (points.All.ToArray().All(double.IsFinite) && Enumerable.Range(0, points.Dimensions).All(k => Enumerable.Range(0, points.Count).Select(i => points[i][k]).Distinct().Count() == points.Count))
                    Assert.Equal(members.Select(i => Room(points, i)).OrderDescending(), members.Select(i => Room(points, i)));
            },
            iter: 1000, print: Fronts.Text);

    [Fact]
    public void An_objective_in_which_all_are_equal_says_nothing()
    {
        var points = new PointSet([5, double.PositiveInfinity, 1, double.PositiveInfinity, 2, double.PositiveInfinity, 3, double.PositiveInfinity], 2);
        int[] members = [0, 1, 2, 3];
        CrowdingDistance.Sort(points, members);
        Assert.Equal([3, 2], members[2..]);
    }

    private static double Room(PointSet points, int row)
    {
        var sum = 0.0;
        for (var k = 0; k < points.Dimensions; k++)
        {
            var values = Enumerable.Range(0, points.Count).Select(i => points[i][k]).Order().ToArray();
            var at = Array.IndexOf(values, points[row][k]);
            if (values[0] == values[^1])
                continue;
            var (below, above) = (at == 0 ? double.NegativeInfinity : values[at - 1], at + 1 == values.Length ? double.PositiveInfinity : values[at + 1]);
            sum += (above - below) / (values[^1] - values[0]);
        }

        return sum;
    }
}
