using CsCheck;
using Optuna.MultiObjective;
using Optuna.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.MultiObjective;

public sealed class HypervolumeTests
{
    private const double Tolerance = 1e-12;

    [Fact]
    public void The_volume_is_that_of_all_cells_of_the_grid_the_points_make() => Fronts.Finite.Sample(
        points =>
        {
            double[] reference = [.. Enumerable.Repeat(1.0, points.Dimensions)];
            Assert.Equal(ByCells(points, reference), Hypervolume.Of(points, reference), Tolerance);
        },
        iter: 3000, print: Fronts.Text);

    [Fact]
    public void What_each_point_adds_makes_up_the_whole() => Fronts.Finite.Sample(
        points =>
        {
            double[] reference = [.. Enumerable.Repeat(1.1, points.Dimensions)];
            var volume = new DominatedVolume(reference);
            var total = 0.0;
            for (var i = 0; i < points.Count; i++)
            {
                if (points.Dimensions > 2)
                {
                    var gain = volume.Gain(points[i]);
                    Assert.Equal(gain, volume.Gain(points[i]));
                    Assert.Equal(gain, volume.Add(points[i]));
                    total += gain;
                }
                else
                {
                    total += volume.Add(points[i]);
                }

                Assert.Equal(ByCells(points.Take([.. Enumerable.Range(0, i + 1)]), reference), total, Tolerance);
            }
        },
        iter: 1000, print: Fronts.Text);

    [Fact]
    public void Larger_fronts_agree_with_inclusion_and_exclusion_point_by_point()
    {
        // The volume without a point and what the point adds to it are measured along different ways.
        var sphere = from m in Gen.Int[2, 6]
                     from n in Gen.Int[1, 40]
                     from values in Gen.Double[0.01, 1].Array[n * m]
                     select OnSphere(values, n, m);
        sphere.Sample(
            points =>
            {
                double[] reference = [.. Enumerable.Repeat(1.0, points.Dimensions)];
                var whole = Hypervolume.Of(points, reference);
                var reversed = Hypervolume.Of(points.Take([.. Enumerable.Range(0, points.Count).Reverse()]), reference);
                Assert.Equal(whole, reversed, Tolerance);
                // A permutation of the objectives changes which of them is cut along.
                var m = points.Dimensions;
                var turned = Enumerable.Range(0, points.Count * m).Select(i => points[i / m][(i + 1) % m]).ToArray();
                Assert.Equal(whole, Hypervolume.Of(new PointSet(turned, points.Count, m), reference), Tolerance);
            },
            iter: 300, print: Fronts.Text);
    }

    [Fact]
    public void Infinite_losses_and_references_make_it_infinite_and_points_on_the_reference_add_nothing()
    {
        Assert.Equal(double.PositiveInfinity, Hypervolume.Of([[double.NegativeInfinity, 0]], [1, 1]));
        Assert.Equal(double.PositiveInfinity, Hypervolume.Of([[0, 0, 0]], [1, 1, double.PositiveInfinity]));
        Assert.Equal(0, Hypervolume.Of([], [1, 1]));
        Assert.Equal(0, Hypervolume.Of([[1, 0, 0, 0]], [1, 1, 1, 1]));
        Assert.Equal(0.75, Hypervolume.Of([[0.25], [0.5]], [1]));
        Assert.Equal(0.75, Hypervolume.Of([[0.5, 0], [0, 0.5], [0.5, 0.5]], [1, 1]));
    }

    [Fact]
    public void A_point_beyond_the_reference_is_refused_and_so_is_NaN()
    {
        Assert.Contains("1.5", Assert.Throws<ArgumentException>(() => Hypervolume.Of([[0, 1.5]], [1, 1])).Message);
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => Hypervolume.Of([[0, double.NaN]], [1, 1])).Message);
        Assert.Contains("3 numbers", Assert.Throws<ArgumentException>(() => Hypervolume.Of([[0, 0, 0]], [1, 1])).Message);
        Assert.Contains("reference point", Assert.Throws<ArgumentException>(() => Hypervolume.Of([[0, 0]], [1, double.NaN])).Message);
    }

    [Fact]
    public void The_history_of_a_study_leaves_out_what_is_infeasible_or_beyond_the_reference()
    {
        var study = Study.Create(directions: [StudyDirection.Minimize, StudyDirection.Maximize], seed: 1);
        void Add(double a, double b, double constraint) => study.AddTrial(FrozenTrial.Create(
            values: [a, b], constraints: new Dictionary<string, double> { ["c"] = constraint }));
        Add(1, 1, 0);
        Add(0, 5, 1);
        Add(3, 5, 0);
        Add(0, 2, -1);
        study.AddTrial(FrozenTrial.Create(TrialState.Fail));
        Assert.Equal([(0, 1.0), (1, 1.0), (2, 1.0), (3, 4.0)], HypervolumeHistory.Of(study, [2, 0]));
        Assert.Contains("2 finite", Assert.Throws<ArgumentException>(() => HypervolumeHistory.Of(study, [2])).Message);
        Assert.Contains("two objectives", Assert.Throws<ArgumentException>(() => HypervolumeHistory.Of(Study.Create(seed: 1), [2])).Message);
    }

    internal static double ByCells(PointSet points, double[] reference)
    {
        var m = points.Dimensions;
        var cuts = Enumerable.Range(0, m).Select(k => Enumerable.Range(0, points.Count).Select(i => points[i][k]).Append(reference[k]).Distinct().Order().ToArray()).ToArray();
        var volume = 0.0;
        var at = new int[m];
        void Walk(int k, double product, int[] left)
        {
            // Points that reach below this cell in the losses so far.
            if (left.Length == 0)
                return;
            if (k == m)
            {
                volume += product;
                return;
            }

            for (var c = 0; c + 1 < cuts[k].Length; c++)
            {
                var low = cuts[k][c];
                Walk(k + 1, product * (cuts[k][c + 1] - low), [.. left.Where(i => points[i][k] <= low)]);
            }
        }

        Walk(0, 1, [.. Enumerable.Range(0, points.Count)]);
        return volume;
    }

    private static PointSet OnSphere(double[] values, int n, int m)
    {
        for (var i = 0; i < n; i++)
        {
            var row = values.AsSpan(i * m, m);
            var norm = 0.0;
            foreach (var v in row)
                norm += v * v;
            foreach (ref var v in row)
                v /= Math.Sqrt(norm);
        }

        return new PointSet(values, n, m);
    }
}
