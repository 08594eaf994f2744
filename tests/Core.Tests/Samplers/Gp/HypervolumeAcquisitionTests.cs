using CsCheck;
using Optuna.MultiObjective;
using Optuna.Numerics;
using Optuna.Samplers.Gp;
using Optuna.Tests.Numerics;
using Xunit;

namespace Optuna.Tests.Samplers.Gp;

public sealed class HypervolumeAcquisitionTests
{
    private static readonly Gen<(int Size, uint Seed, int Objectives)> Cases = Gen.Select(Gen.Int[2, 12], Gen.UInt, Gen.Int[2, 3]);

    [Fact]
    public void It_is_the_log_of_the_mean_volume_that_draws_add_and_of_feasibility() => Gen.Select(Cases, Gen.Bool).Sample(
        (c, constrained) =>
        {
            var (models, losses, reference) = Study(c.Size, c.Seed, c.Objectives);
            var limit = new GpCase(c.Size, c.Seed + 17);
            var fantasies = Fantasies.Together([.. models.Select(m => m.Process)], new RandomState(3));
            var acquisition = new HypervolumeAcquisition(
                fantasies, [new BoxDecomposition(losses, reference)], constrained ? [new ConstraintModel(limit.Process, 0.2)] : []);
            var (points, values) = (Points(models[0]), new double[8]);
            acquisition.Evaluate(GpCase.Block(points), values);
            var before = Volume(losses, reference);
            for (var k = 0; k < 8; k++)
            {
                var sum = 0.0;
                for (var s = 0; s < Fantasies.Count; s++)
                {
                    double[] drawn = [.. models.Select((m, i) => -Drawn(m, fantasies[i], s, points[k]))];
                    if (drawn.Zip(reference).All(p => p.First < p.Second))
                        sum += Volume(new PointSet([.. losses.All, .. drawn], c.Objectives), reference) - before;
                }

                // Sides of boxes are never taken as nothing.
                var expected = Math.Log(sum / Fantasies.Count);
                if (sum / Fantasies.Count < 1e-4)
                    continue;
                if (constrained)
                {
                    var (mean, variance) = limit.Scalar.At(points[k]);
                    expected += Normal.LogCdf((mean - 0.2) / Math.Sqrt(variance + 1e-12));
                }

                Near.Relative(expected, values[k], 1e-4, floor: 1);
            }
        },
        iter: 25);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradients_are_those_of_finite_differences(bool running) => Cases.Sample(
        c =>
        {
            var (models, losses, reference) = Study(c.Size, c.Seed, c.Objectives);
            double[] tried = running ? [.. models[0].Point(), .. models[0].Point()] : [];
            var processes = running ? models.Select(m => m.Process.With(tried)!).ToArray() : [.. models.Select(m => m.Process)];
            var fantasies = Fantasies.Together(processes, new RandomState(3));
            var acquisition = new HypervolumeAcquisition(
                fantasies, [.. Enumerable.Range(0, running ? Fantasies.Count : 1).Select(s => new BoxDecomposition(losses, reference))], []);
            var (points, values, gradient) = (GpCase.Block(Points(models[0])), new double[8], new double[4 * 8]);
            acquisition.Evaluate(points, values, models[0].Continuous, gradient);
            foreach (var d in models[0].Continuous)
            {
                double[] At(double step)
                {
                    var (moved, at) = (points.ToArray(), new double[8]);
                    for (var k = 0; k < 8; k++)
                        moved[(d * 8) + k] += step;
                    acquisition.Evaluate(moved, at);
                    return at;
                }

                const double h = 1e-6;
                var (ahead, behind) = (At(h), At(-h));
                for (var k = 0; k < 8; k++)
                {
                    // Where a draw reaches a box between the two, there is no slope to compare.
                    var (right, left) = ((ahead[k] - values[k]) / h, (values[k] - behind[k]) / h);
                    if (Math.Abs(right - left) < 1e-3 * Math.Max(1, Math.Abs(right)))
                        Near.Relative((right + left) / 2, gradient[(d * 8) + k], 5e-3, floor: 1);
                }
            }
        },
        iter: 25);

    private static (GpCase[] Models, PointSet Losses, double[] Reference) Study(int size, uint seed, int objectives)
    {
        var models = Enumerable.Range(0, objectives).Select(k => new GpCase(size, seed + (uint)k)).ToArray();
        var losses = new PointSet([.. Enumerable.Range(0, size * objectives).Select(i => -models[i % objectives].Values[i / objectives])], objectives);
        return (models, losses, HypervolumeSubset.Reference(losses));
    }

    private static double Drawn(GpCase model, Fantasies fantasies, int draw, double[] point)
    {
        var (mean, variance) = model.Scalar.At(point);
        return mean + (Math.Sqrt(Math.Max(variance, 0) + 1e-12) * fantasies.OwnNormals[draw]);
    }

    private static double Volume(PointSet losses, double[] reference) => Hypervolume.Of(
        losses.Take([.. Enumerable.Range(0, losses.Count).Where(i => losses[i].ToArray().Zip(reference).All(p => p.First < p.Second))]), reference);

    private static double[][] Points(GpCase gp) => [.. Enumerable.Range(0, 8).Select(_ => gp.Point())];
}
