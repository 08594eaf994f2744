using CsCheck;
using Optuna.Numerics.Minimizing;
using Xunit;

namespace Optuna.Tests.Numerics.Minimizing;

public sealed class BoundedMinimizerTests
{
    private delegate double Function(ReadOnlySpan<double> x, Span<double> gradient);

    // The minima SciPy 1.10 finds with ftol 1e-15 and gtol 1e-9.
    public static TheoryData<double[], double, double, double[], double> RosenbrockMinima => new()
    {
        { [-1.2, 1], -10, 10, [1, 1], 0 },
        { [-1.2, 1, 0.5, -0.3, 2], -10, 10, [1, 1, 1, 1, 1], 0 },
        { [-0.5, 0.7, 0, 0], -0.5, 0.7, [0.7, 0.5024133829072971, 0.25982099735233555, 0.0675069506602769], 0.9063452545524013 },
        { [2, 2.5, 3], 1.2, 3, [1.2, 1.4356435643563934, 2.061072443877967], 0.2316831683168316 },
    };

    [Theory]
    [MemberData(nameof(RosenbrockMinima))]
    public void Rosenbrocks_valley_is_followed_to_the_minimum_SciPy_finds(double[] start, double low, double high, double[] expected, double value)
    {
        var (found, evaluations) = Minimize(Rosenbrock, start, low, high, new MinimizerLimits { Gradient = 1e-9, Fall = 1e-15 });
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found.Point[i], 1e-6);
        Assert.Equal(value, found.Value, 1e-9 * Math.Max(1, value));
        Assert.InRange(evaluations, 1, 120);
    }

    [Fact]
    public void It_is_about_as_quick_as_SciPys()
    {
        // SciPy needs 44 evaluations for two and 88 for ten dimensions.
        Assert.InRange(Minimize(Rosenbrock, [-1.2, 1], double.NegativeInfinity, double.PositiveInfinity, new MinimizerLimits()).Evaluations, 20, 60);
        double[] ten = [-1.2, 1, -1.2, 1, -1.2, 1, -1.2, 1, -1.2, 1];
        Assert.InRange(Minimize(Rosenbrock, ten, double.NegativeInfinity, double.PositiveInfinity, new MinimizerLimits()).Evaluations, 30, 130);
    }

    [Fact]
    public void The_minimum_of_a_bounded_quadratic_meets_its_conditions() =>
        Gen.Select(Gen.Int[1, 12], Gen.UInt).Sample((n, seed) =>
        {
            var random = new Optuna.Numerics.RandomState(seed);
            var (a, b, start) = (new double[n * n], new double[n], new double[n]);
            var root = new double[n * n];
            random.NextGaussians(root);
            random.NextGaussians(b);
            random.NextGaussians(start);
            for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
            {
                for (var k = 0; k < n; k++)
                    a[(i * n) + j] += root[(i * n) + k] * root[(j * n) + k];
                a[(i * n) + j] += i == j ? 0.1 : 0;
            }

            var (found, _) = Minimize(
                (x, g) =>
                {
                    var sum = 0.0;
                    for (var i = 0; i < n; i++)
                    {
                        var ax = 0.0;
                        for (var j = 0; j < n; j++)
                            ax += a[(i * n) + j] * x[j];
                        g[i] = ax - b[i];
                        sum += x[i] * ((0.5 * ax) - b[i]);
                    }

                    return sum;
                },
                start, -0.5, 0.4, new MinimizerLimits { Gradient = 1e-9, Fall = 0 });

            for (var i = 0; i < n; i++)
            {
                var g = -b[i];
                for (var j = 0; j < n; j++)
                    g += a[(i * n) + j] * found.Point[j];
                Assert.InRange(found.Point[i], -0.5, 0.4);
                Assert.True(
                    Math.Abs(g) < 1e-6 || (g > 0 && found.Point[i] == -0.5) || (g < 0 && found.Point[i] == 0.4),
                    $"x{i} = {found.Point[i]:R} with slope {g:R}");
            }
        }, iter: 200);

    [Fact]
    public void A_start_outside_is_moved_to_the_bounds_and_a_fixed_variable_stays()
    {
        var (found, _) = Minimize(Bowl, [5, -5, 0.3], [-1, -1, 0.25], [1, 1, 0.25], new MinimizerLimits());
        Assert.Equal([0, 0, 0.25], found.Point.ToArray().Select(x => Math.Round(x, 5)));
    }

    [Fact]
    public void A_start_at_the_minimum_takes_one_evaluation()
    {
        var (found, evaluations) = Minimize(Bowl, [0, 0], -1, 1, new MinimizerLimits());
        Assert.Equal((1, 0, MinimizerOutcome.Converged), (evaluations, found.Iterations, found.Outcome));
    }

    [Fact]
    public void A_function_that_turns_into_no_number_ends_the_search_at_the_best_point()
    {
        var (found, _) = Minimize((x, g) => x[0] < -0.5 ? double.NaN : Slope(x, g), [0.0], -3, 3, new MinimizerLimits());
        Assert.Equal(MinimizerOutcome.Stuck, found.Outcome);
        Assert.InRange(found.Value, -0.5, 0);

        static double Slope(ReadOnlySpan<double> x, Span<double> g)
        {
            g[0] = 1;
            return x[0];
        }
    }

    [Fact]
    public void A_gradient_that_points_uphill_ends_the_search()
    {
        var (found, _) = Minimize((x, g) => Bowl(x, g) + (0 * (g[0] *= -1)), [0.5], double.NegativeInfinity, double.PositiveInfinity, new MinimizerLimits());
        Assert.Equal(MinimizerOutcome.Stuck, found.Outcome);
        Assert.Equal(0.5, found.Point[0]);
    }

    [Fact]
    public void Iterations_and_evaluations_are_limited()
    {
        Assert.Equal(3, Minimize(Rosenbrock, [-1.2, 1], -5, 5, new MinimizerLimits { Iterations = 3 }).Found.Iterations);
        Assert.Equal(9, Minimize(Rosenbrock, [-1.2, 1], -5, 5, new MinimizerLimits { Evaluations = 9 }).Evaluations);
    }

    private static double Bowl(ReadOnlySpan<double> x, Span<double> g)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            sum += x[i] * x[i];
            g[i] = 2 * x[i];
        }

        return sum;
    }

    private static double Rosenbrock(ReadOnlySpan<double> x, Span<double> g)
    {
        var sum = 0.0;
        g.Clear();
        for (var i = 0; i + 1 < x.Length; i++)
        {
            var (valley, off) = (x[i + 1] - (x[i] * x[i]), 1 - x[i]);
            sum += (100 * valley * valley) + (off * off);
            g[i] += (-400 * x[i] * valley) - (2 * off);
            g[i + 1] += 200 * valley;
        }

        return sum;
    }

    private static (BoundedMinimizer Found, int Evaluations) Minimize(Function f, double[] start, double low, double high, MinimizerLimits limits) =>
        Minimize(f, start, [.. start.Select(_ => low)], [.. start.Select(_ => high)], limits);

    private static (BoundedMinimizer Found, int Evaluations) Minimize(Function f, double[] start, double[] low, double[] high, MinimizerLimits limits)
    {
        var minimizer = new BoundedMinimizer(start, low, high, limits);
        var gradient = new double[start.Length];
        var evaluations = 1;
        while (minimizer.Tell(f(minimizer.Point, gradient), gradient))
            Assert.InRange(++evaluations, 1, 2000);
        return (minimizer, evaluations);
    }
}
