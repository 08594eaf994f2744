using CsCheck;
using Optuna.Numerics;
using Optuna.Samplers.Gp;
using Optuna.Tests.Numerics;
using Xunit;

namespace Optuna.Tests.Samplers.Gp;

public sealed class SurrogateTests
{
    private static readonly Gen<(int Size, uint Seed)> Cases = Gen.Select(Gen.Int[1, 30], Gen.UInt);

    [Fact]
    public void Mean_and_variance_are_the_textbooks() => Cases.Sample(c =>
    {
        var gp = new GpCase(c.Size, c.Seed);
        var scalar = gp.Scalar;
        double[][] points = [.. Enumerable.Range(0, 8).Select(_ => gp.Point())];
        var (means, variances) = (new double[8], new double[8]);
        var surrogate = new Surrogate(gp.Process);
        surrogate.Look(GpCase.Block(points));
        surrogate.Moments(means, variances);
        for (var k = 0; k < 8; k++)
        {
            var (mean, variance) = scalar.At(points[k]);
            Near.Relative(mean, means[k], 1e-9, floor: 1);
            Near.Relative(variance, variances[k], 1e-9, floor: 1);
        }
    });

    [Fact]
    public void Points_without_a_value_leave_the_mean_and_take_their_share_of_the_variance() => Cases.Sample(c =>
    {
        var gp = new GpCase(c.Size, c.Seed);
        double[][] running = [.. Enumerable.Range(0, 1 + (c.Size % 11)).Select(_ => gp.Point())];
        double[][] points = [.. Enumerable.Range(0, 8).Select(_ => gp.Point())];
        var (means, variances, alone) = (new double[8], new double[8], new double[8]);
        var before = new Surrogate(gp.Process);
        before.Look(GpCase.Block(points));
        before.Moments(alone, variances);
        var surrogate = new Surrogate(gp.Process.With([.. running.SelectMany(p => p)])!);
        surrogate.Look(GpCase.Block(points));
        surrogate.Moments(means, variances);
        Assert.Equal(alone.Select(x => Math.Round(x, 9)), means.Select(x => Math.Round(x, 9)));
        var scalar = gp.Scalars(running, new double[running.Length]);
        for (var k = 0; k < 8; k++)
            Near.Relative(scalar.At(points[k]).Variance, variances[k], 1e-7, floor: 1);
    });

    [Fact]
    public void Both_widths_give_the_same_to_the_last_bit()
    {
        Assert.SkipUnless(Lanes8.IsFast, "This machine has no vectors of 512 bits.");
        Cases.Sample(c =>
        {
            var gp = new GpCase(c.Size, c.Seed);
            var (points, slopes) = (GpCase.Block([.. Enumerable.Range(0, 8).Select(_ => gp.Point())]), new double[8]);
            gp.Random.NextGaussians(slopes);
            double[] Numbers<T>()
                where T : struct, ILanes<T>
            {
                var (means, variances, gradient) = (new double[8], new double[8], new double[points.Length]);
                var surrogate = new Surrogate(gp.Process);
                surrogate.Look<T>(points);
                surrogate.Moments<T>(means, variances);
                surrogate.Weigh<T>(slopes, means);
                surrogate.Pull<T>(gp.Continuous, gradient);
                return [.. means, .. variances, .. gradient];
            }

            Assert.Equal(Numbers<Lanes4>(), Numbers<Lanes8>());
        });
    }
}
