using CsCheck;
using Optuna.Numerics;
using Optuna.Samplers.Gp;
using Optuna.Tests.Numerics;
using Xunit;

namespace Optuna.Tests.Samplers.Gp;

public sealed class KernelFitTests
{
    private static readonly Gen<(int Size, uint Seed)> Cases = Gen.Select(Gen.Int[1, 30], Gen.UInt);

    // Twelve points over two continuous dimensions and one of three choices.
    private static readonly bool[] s_kinds = [false, false, true];
    private static readonly double[] s_points = [.. Enumerable.Range(0, 12).SelectMany(i => (double[])
        [(0.5 + (i * 0.6180339887498949)) % 1, (0.25 + (i * 0.7548776662466927)) % 1, i * 7 % 3])];

    private static readonly double[] s_values =
    [
        0.4221121861334543, -0.2834273075930199, -0.2745082770583094, 1.103784122418352, -2.0026868319972224, -0.12741601961669238,
        1.3666544139823524, -1.5755975050211528, 0.6769274443903989, 0.010621505674250664, -0.48847291791093844, 1.1720091865985272,
    ];

    [Theory]
    [InlineData(new double[] { 0, 0, 0, 0, 0 }, 37.28143277395458)]
    [InlineData(new[] { 0.3, -0.7, 0.2, -0.4, -3 }, 7.139675589173277)]
    public void The_loss_is_the_one_NumPy_works_out(double[] logs, double expected) =>
        Near.Relative(expected, Fit(noiseless: false).Loss(logs, new double[5]), 1e-12);

    [Fact]
    public void The_fit_finds_the_optimum_SciPy_finds()
    {
        // SciPy 1.10, L-BFGS-B from zeros with ftol 1e-15: the loss there and the parameters.
        var found = Fit(noiseless: false).From(KernelParameters.Ones(3, noiseless: false), out var loss)!;
        double[] expected = [1.1562225213851114, -0.835539303809279, -2.224261013287066, 0.25444726906650816, -7.213466450221167];
        for (var i = 0; i < 5; i++)
            Assert.Equal(expected[i], found.Logs[i], 0.02);
        Assert.Equal(-0.9015698761126014, loss, 1e-3);
        Assert.Equal(Fit(noiseless: false).Loss(found.Logs, new double[5]), loss, 1e-12);
    }

    [Fact]
    public void A_fit_started_at_its_end_stays_there()
    {
        var fit = Fit(noiseless: false);
        var found = fit.From(KernelParameters.Ones(3, noiseless: false), out _)!;
        var again = fit.From(found, out _)!;
        for (var i = 0; i < 4; i++)
            Assert.Equal(found.Logs[i], again.Logs[i], 1e-3);
    }

    [Fact]
    public void Without_noise_only_the_least_is_left()
    {
        var found = Fit(noiseless: true).From(KernelParameters.Ones(3, noiseless: true), out _)!;
        Assert.Equal(1e-6, found.Noise);
        var gradient = new double[5];
        Fit(noiseless: true).Loss(found.Logs, gradient);
        Assert.All(gradient, g => Assert.InRange(Math.Abs(g), 0, 0.01));
        Assert.Equal(0, gradient[4]);
    }

    [Fact]
    public void The_loss_is_the_textbooks() => Cases.Sample(c =>
    {
        var gp = new GpCase(c.Size, c.Seed);
        var (p, scalar) = (gp.Parameters, gp.Scalar);
        var expected = 0.5 * (scalar.LogDeterminant + scalar.Fit);
        expected += p.InverseSquares.Sum(a => (0.1 / a) + (0.1 * a)) - Math.Log(p.Scale) + p.Scale - (0.1 * Math.Log(p.Noise)) + (30 * p.Noise);
        Near.Relative(expected, new KernelFit(gp.Rows, gp.Values, gp.IsCategorical, noiseless: false).Loss(gp.Logs, new double[6]), 1e-9, floor: 1);
    });

    [Fact]
    public void The_gradient_is_that_of_finite_differences() => Gen.Select(Cases, Gen.Bool).Sample((c, noiseless) =>
    {
        var gp = new GpCase(c.Size, c.Seed, dimensions: 5);
        var fit = new KernelFit(gp.Rows, gp.Values, gp.IsCategorical, noiseless);
        var (gradient, unused) = (new double[7], new double[7]);
        fit.Loss(gp.Logs, gradient);
        for (var i = 0; i < 7; i++)
        {
            double At(double step)
            {
                var moved = gp.Logs.ToArray();
                moved[i] += step;
                return fit.Loss(moved, unused);
            }

            const double h = 1e-4;
            var expected = ((8 * (At(h) - At(-h))) - (At(2 * h) - At(-2 * h))) / (12 * h);
            Near.Relative(expected, gradient[i], 1e-5, floor: 1);
        }
    }, iter: 60);

    [Fact]
    public void Both_widths_give_the_same_to_the_last_bit()
    {
        Assert.SkipUnless(Lanes8.IsFast, "This machine has no vectors of 512 bits.");
        Cases.Sample(c =>
        {
            var gp = new GpCase(c.Size, c.Seed);
            var fit = new KernelFit(gp.Rows, gp.Values, gp.IsCategorical, noiseless: false);
            var (narrow, wide) = (new double[6], new double[6]);
            Assert.Equal(fit.Loss<Lanes4>(gp.Logs, narrow), fit.Loss<Lanes8>(gp.Logs, wide));
            Assert.Equal(narrow, wide);
        });
    }

    [Fact]
    public void Parameters_out_of_all_bounds_have_no_loss() =>
        Assert.True(double.IsNaN(Fit(noiseless: false).Loss([0, 0, 0, 800, 0], new double[5])));

    private static KernelFit Fit(bool noiseless) => new(s_points, s_values, s_kinds, noiseless);
}
