using CsCheck;
using Optuna.MultiObjective;
using Xunit;

namespace Optuna.Tests.MultiObjective;

public sealed class HypervolumeSubsetTests
{
    [Fact]
    public void Each_choice_adds_as_much_as_any_other_could() => Gen.Select(Fronts.Finite, Gen.Int[1, 12]).Sample(
        (points, wanted) =>
        {
            if (points.Count == 0)
                return;
            var size = Math.Min(wanted, points.Count);
            double[] reference = [.. Enumerable.Repeat(1.1, points.Dimensions)];
            // A front, as the boundary rank is: among dominated points the gains would be the same, but not so simply found.
            var front = points.Take(NonDominated.Rows(points, unique: false).ToArray());
            size = Math.Min(size, front.Count);
            var chosen = HypervolumeSubset.Of(front, size, reference);
            Assert.Equal(size, chosen.Distinct().Count());
            if (size == front.Count)
                return;
            var unique = front.UniqueOrder();
            if (unique.Length <= size)
                return;
            for (var round = 0; round < size; round++)
            {
                var before = HypervolumeTests.ByCells(front.Take(chosen.AsSpan(0, round)), reference);
                double With(int row) => HypervolumeTests.ByCells(front.Take([.. chosen.AsSpan(0, round), row]), reference) - before;
                Assert.Equal(unique.Except(chosen[..round]).Max(With), With(chosen[round]), 1e-12);
            }
        },
        iter: 400);

    [Fact]
    public void Equal_points_are_taken_only_when_no_other_is_left()
    {
        var points = new PointSet([1, 2, 0, 3, 1, 2, 0, 3, 1, 2, 3, 0], 2);
        Assert.Equal([0, 1, 5], HypervolumeSubset.Of(points, 3, [4, 4]).Order());
        Assert.Equal([0, 1, 2, 5], HypervolumeSubset.Of(points, 4, [4, 4]));
        Assert.Equal([0, 1, 2, 3, 5], HypervolumeSubset.Of(points, 5, [4, 4]));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Infinite_losses_are_chosen_from_all_the_same(int m) => Fronts.Any.Where(p => p.Dimensions == m && p.Count > 1).Sample(
        points =>
        {
            var reference = HypervolumeSubset.Reference(points);
            for (var size = 1; size <= points.Count; size++)
                Assert.Equal(size, HypervolumeSubset.Of(points, size, reference).Distinct().Count());
        },
        iter: 200, print: Fronts.Text);

    [Fact]
    public void The_reference_lies_a_tenth_beyond_the_worst_loss_and_never_at_0() =>
        Assert.Equal([1.1 * 2, 0.9 * -1, 1e-12], HypervolumeSubset.Reference(new PointSet([2, -3, 0, 1, -1, -4], 3)));
}
