using CsCheck;
using Optuna.Numerics;
using Optuna.Samplers.Gp;
using Optuna.Tests.Numerics;
using Xunit;

namespace Optuna.Tests.Samplers.Gp;

public sealed class AcquisitionTests
{
    private static readonly Gen<(int Size, uint Seed)> Cases = Gen.Select(Gen.Int[2, 20], Gen.UInt);

    [Fact]
    public void One_trial_at_a_time_scores_the_log_of_improvement_times_feasibility() => Gen.Select(Cases, Gen.Bool, Gen.Bool).Sample((c, feasible, constrained) =>
    {
        var (gp, limit) = (new GpCase(c.Size, c.Seed), new GpCase(c.Size, c.Seed + 1));
        var threshold = feasible ? gp.Values.Max() : double.NegativeInfinity;
        var acquisition = Point(gp, limit, threshold, constrained);
        var (points, values) = (Points(gp), new double[8]);
        acquisition.Evaluate(GpCase.Block(points), values);
        for (var k = 0; k < 8; k++)
        {
            var expected = 0.0;
            if (feasible)
            {
                var (mean, variance) = gp.Scalar.At(points[k]);
                var sigma = Math.Sqrt(variance + 1e-12);
                expected += ExpectedImprovement.At((mean - threshold) / sigma).Log + Math.Log(sigma);
            }

            if (constrained)
            {
                var (mean, variance) = limit.Scalar.At(points[k]);
                expected += Normal.LogCdf((mean - 0.2) / Math.Sqrt(variance + 1e-12));
            }

            Near.Relative(expected, values[k], 1e-6, floor: 1);
        }
    });

    [Fact]
    public void With_running_trials_it_is_the_mean_over_draws_of_the_best_of_the_batch() => Gen.Select(Cases, Gen.Bool, Gen.Bool).Sample((c, feasible, constrained) =>
    {
        constrained |= !feasible;
        var (gp, limit) = (new GpCase(c.Size, c.Seed), new GpCase(c.Size, c.Seed + 1));
        double[][] running = [.. Enumerable.Range(0, 1 + (c.Size % 4)).Select(_ => gp.Point())];
        var threshold = gp.Values.Max();
        var (objective, constraint) = (Draws(gp, running, 3), Draws(limit, running, 4));
        var acquisition = new BatchAcquisition(
            [1, 1, 1, 1], feasible ? (objective, threshold) : null, constrained ? [(constraint, 0.2)] : []);
        var (points, values) = (Points(gp), new double[8]);
        acquisition.Evaluate(GpCase.Block(points), values);
        for (var k = 0; k < 8; k++)
        {
            var sum = 0.0;
            for (var s = 0; s < Fantasies.Count; s++)
            {
                var utilities = new double[running.Length + 1];
                if (feasible)
                    Add(gp, objective, s, y => Math.Log(Math.Max(y - threshold, 1e-12)));
                if (constrained)
                    Add(limit, constraint, s, y => -Math.Log(1 + Math.Exp(-(y - 0.2) / 1e-2)));
                sum += Math.Exp(utilities.Max());

                void Add(GpCase model, Fantasies fantasies, int draw, Func<double, double> utility)
                {
                    // The process that has seen the draw's values at the running points.
                    double[] shown = [.. running.Select((_, r) => fantasies.Values[(r * Fantasies.Count) + draw])];
                    for (var r = 0; r < shown.Length; r++)
                        utilities[r] += utility(shown[r]);
                    var (mean, variance) = model.Scalars(running, shown).At(points[k]);
                    utilities[^1] += utility(mean + (Math.Sqrt(Math.Max(variance, 0) + 1e-12) * fantasies.OwnNormals[draw]));
                }
            }

            Near.Relative(Math.Log(sum / Fantasies.Count), values[k], 1e-4, floor: 1);
        }
    }, iter: 25);

    [Fact]
    public void Draws_at_running_points_have_their_joint_distribution()
    {
        var gp = new GpCase(9, 5);
        double[][] running = [gp.Point(), gp.Point()];
        var draws = Draws(gp, running, 1);
        var (first, second) = (draws.Values[..Fantasies.Count], draws.Values[Fantasies.Count..]);
        var (mean, variance) = gp.Scalar.At(running[0]);
        Assert.Equal(mean, first.Average(), 0.02);
        Assert.Equal(variance, first.Average(y => (y - mean) * (y - mean)), 0.1 * variance);

        // What the second shows on average, once the first is known, is what the process then expects.
        var residual = Enumerable.Range(0, Fantasies.Count).Average(s => second[s] - gp.Scalars([running[0]], [first[s]]).At(running[1]).Mean);
        Assert.Equal(0, residual, 0.02);
    }

    [Fact]
    public void Gradients_are_those_of_finite_differences() => Gen.Select(Cases, Gen.Bool, Gen.Bool).Sample((c, batch, constrained) =>
    {
        var (gp, limit) = (new GpCase(c.Size, c.Seed), new GpCase(c.Size, c.Seed + 1));
        double[][] running = [gp.Point(), gp.Point(), gp.Point()];
        var threshold = gp.Values.Order().ElementAt(gp.Values.Length / 2);
        Acquisition acquisition = batch
            ? new BatchAcquisition([1, 1, 1, 1], (Draws(gp, running, 3), threshold), constrained ? [(Draws(limit, running, 4), 0.2)] : [])
            : Point(gp, limit, threshold, constrained);
        var (points, values, gradient) = (GpCase.Block(Points(gp)), new double[8], new double[4 * 8]);
        acquisition.Evaluate(points, values, gp.Continuous, gradient);
        foreach (var d in gp.Continuous)
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
                // Where the best of a batch changes hands between the two, there is no slope to compare.
                var (right, left) = ((ahead[k] - values[k]) / h, (values[k] - behind[k]) / h);
                if (Math.Abs(right - left) < 1e-3 * Math.Max(1, Math.Abs(right)))
                    Near.Relative((right + left) / 2, gradient[(d * 8) + k], 2e-3, floor: 1);
            }
        }
    }, iter: 60);

    private static PointAcquisition Point(GpCase gp, GpCase limit, double threshold, bool constrained) =>
        new(gp.Process, threshold, constrained ? [new ConstraintModel(limit.Process, 0.2)] : []);

    private static Fantasies Draws(GpCase gp, double[][] running, uint seed) =>
        new(gp.Process.With([.. running.SelectMany(p => p)])!, new RandomState(seed));

    private static double[][] Points(GpCase gp) => [.. Enumerable.Range(0, 8).Select(_ => gp.Point())];
}
