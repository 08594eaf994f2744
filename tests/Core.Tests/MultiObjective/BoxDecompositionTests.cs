using CsCheck;
using Optuna.MultiObjective;
using Xunit;

namespace Optuna.Tests.MultiObjective;

public sealed class BoxDecompositionTests
{
    [Fact]
    public void What_a_point_dominates_of_the_boxes_is_what_it_adds_to_the_volume() =>
        (from m in Gen.Int[2, 4]
         from n in Gen.Int[0, 8]
         from values in Gen.Frequency((1, Gen.Int[0, 5].Select(i => i / 4.0)), (1, Gen.Double[0, 1.2])).Array[n * m]
         from point in Gen.Double[-0.2, 1].Array[m]
         select (new PointSet(values, n, m), point)).Sample(
            (points, point) =>
            {
                var m = points.Dimensions;
                double[] reference = [.. Enumerable.Repeat(1.0, m)];
                var boxes = new BoxDecomposition(points, reference);
                // Points not below the reference dominate nothing.
                var inside = points.Take([.. Enumerable.Range(0, points.Count).Where(i => points[i].ToArray().All(x => x < 1))]);
                var before = HypervolumeTests.ByCells(inside, reference);
                var after = HypervolumeTests.ByCells(new PointSet([.. inside.All, .. point], m), reference);
                var gain = 0.0;
                for (var b = 0; b < boxes.Count; b++)
                {
                    var product = 1.0;
                    for (var k = 0; k < m; k++)
                        product *= Math.Clamp(boxes.Uppers[(b * m) + k] - point[k], 0, boxes.Widths[(b * m) + k]);
                    gain += product;
                }

                Assert.Equal(after - before, gain, 1e-12);
            },
            iter: 1000);

    [Fact]
    public void Two_losses_make_a_box_more_than_the_front_has_points()
    {
        var boxes = new BoxDecomposition(new PointSet([0, 3, 1, 2, 2, 2, 2, 1, 2, 1, 5, 5], 2), [4, 4]);
        Assert.Equal(4, boxes.Count);
    }
}
