using CsCheck;
using Optuna.Numerics;
using Optuna.Samplers.CmaEs;
using Xunit;

namespace Optuna.Tests.Samplers.CmaEs;

public sealed class StrategyTests
{
    public static TheoryData<string> Kinds => ["full", "separable", "margin", "rates"];

    [Theory]
    [InlineData("full", 1e-12)]
    [InlineData("separable", 1e-12)]
    [InlineData("rates", 1e-6)]
    public void The_sphere_is_solved(string kind, double within)
    {
        var strategy = Make(kind, 5);
        Assert.InRange(Minimise(strategy, 3000, x => Sum(x, (v, _) => (v - 0.3) * (v - 0.3))), 0, within);
    }

    [Fact]
    public void Rosenbrock_s_valley_is_followed_to_its_end()
    {
        var strategy = new FullCma([0.5, 0.5, 0.5], 1.0 / 6);
        var best = Minimise(strategy, 6000, x =>
        {
            var f = 0.0;
            for (var i = 0; i < 2; i++)
            {
                var (a, b) = ((4 * x[i]) - 2, (4 * x[i + 1]) - 2);
                f += (100 * (b - (a * a)) * (b - (a * a))) + ((1 - a) * (1 - a));
            }

            return f;
        });
        Assert.InRange(best, 0, 1e-10);
    }

    [Fact]
    public void Margin_finds_the_best_of_a_grid_that_the_plain_strategy_gets_stuck_on()
    {
        // Nine of ten dimensions are binary: without a margin their distributions freeze.
        double[] steps = [0, 1, 1, 1, 1, 1, 1, 1, 1, 1];
        double OneMax(ReadOnlySpan<double> x) => (x[0] * x[0]) + 9 - Sum(x[1..], (v, _) => Math.Round(v));
        var (margin, plain) = (0, 0);
        for (uint seed = 0; seed < 11; seed++)
        {
            var mean = Enumerable.Repeat(0.5, 10).ToArray();
            margin += Minimise(new MarginCma(mean, 1.0 / 6, steps), 2000, OneMax, seed) < 0.5 ? 1 : 0;
            plain += Minimise(new FullCma(mean, 1.0 / 6), 2000, OneMax, seed) < 0.5 ? 1 : 0;
        }

        Assert.True(margin == 11, $"{margin} of 11 with margin, {plain} without");
        Assert.True(plain <= margin);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Long_after_it_converged_a_strategy_still_works(string kind)
    {
        var strategy = Make(kind, 3);
        var best = Minimise(strategy, 60_000, x => Sum(x, (v, i) => Math.Pow(10, 3 * i) * Math.Abs(v - 0.4)));
        Assert.InRange(best, 0, 1e-6);
        AssertSound(strategy);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_constant_objective_neither_collapses_nor_bursts_a_strategy(string kind)
    {
        var strategy = Make(kind, 4);
        Minimise(strategy, 20_000, _ => 1);
        AssertSound(strategy);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Whatever_it_is_told_a_strategy_stays_sound_and_within_bounds(string kind)
    {
        var values = Gen.Frequency(
            (4, Gen.Double[-1, 1]), (1, Gen.Const(double.NaN)), (1, Gen.Const(double.PositiveInfinity)), (1, Gen.Const(double.NegativeInfinity)),
            (1, Gen.Const(0.0)), (1, Gen.Const(double.MaxValue)));
        var modes = Gen.Int[0, 5];
        Gen.Select(Gen.Int[2, 6], Gen.Int[2, 9], Gen.UInt, Gen.Select(values, modes).Array[1, 200]).Sample((dimension, size, seed, told) =>
        {
            var strategy = Make(kind, dimension, size);
            var (population, random, x) = (new Population(size, dimension), new RandomState(seed), new double[dimension]);
            foreach (var (value, mode) in told)
            {
                strategy.Ask(random, x);
                if (mode == 1)
                    Array.Fill(x, 0.5);
                else if (mode == 2)
                    Array.Fill(x, random.NextIndex(2));
                else if (mode == 3)
                    strategy.Mean.CopyTo(x);
                x.CopyTo(population.Add(value, mode == 4));
                if (population.IsFull)
                {
                    strategy.Tell(population);
                    population.Clear();
                }
            }

            AssertSound(strategy);
        }, iter: 60);
    }

    [Fact]
    public void Points_outside_the_bounds_are_drawn_again_and_at_last_clipped()
    {
        var strategy = new FullCma([0.5, 0.5], 1e3);
        var (random, x) = (new RandomState(1), new double[2]);
        var clipped = 0;
        for (var i = 0; i < 200; i++)
        {
            strategy.Ask(random, x);
            Assert.All(x, v => Assert.InRange(v, 0, 1));
            clipped += x.Any(v => v is 0 or 1) ? 1 : 0;
        }

        Assert.True(clipped > 100);
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 6)]
    [InlineData(5, 8)]
    [InlineData(10, 10)]
    [InlineData(40, 15)]
    public void The_population_follows_from_the_dimension(int dimension, int size) =>
        Assert.Equal(size, Make("full", dimension).PopulationSize);

    [Fact]
    public void A_last_solution_taken_back_leaves_no_trace()
    {
        var population = new Population(3, 1);
        population.Add(2)[0] = 20;
        population.Add(1)[0] = 10;
        population.Add(0)[0] = 0;
        population.RemoveLast();
        population.Add(1)[0] = 11;
        Assert.Equal([10.0, 11.0, 20.0], Enumerable.Range(0, 3).Select(k => population.Point(k)[0]));
    }

    private static IEvolutionStrategy Make(string kind, int dimension, int? size = null)
    {
        var mean = Enumerable.Repeat(0.5, dimension).ToArray();
        return kind switch
        {
            "separable" => new SeparableCma(mean, 1.0 / 6, size),
            "margin" => new MarginCma(mean, 1.0 / 6, [.. Enumerable.Range(0, dimension).Select(i => i % 2 == 0 ? 0 : 0.1)], size),
            "rates" => new FullCma(mean, 1.0 / 6, size, adaptRates: true),
            _ => new FullCma(mean, 1.0 / 6, size),
        };
    }

    private static double Minimise(IEvolutionStrategy strategy, int solutions, Objective objective, uint seed = 4)
    {
        var population = new Population(strategy.PopulationSize, strategy.Dimension);
        var (random, x, best) = (new RandomState(seed), new double[strategy.Dimension], double.PositiveInfinity);
        for (var i = 0; i < solutions; i++)
        {
            strategy.Ask(random, x);
            var raw = x.ToArray();
            strategy.Encode(x);
            var value = objective(x);
            best = Math.Min(best, value);
            raw.CopyTo(population.Add(value));
            if (!population.IsFull)
                continue;
            strategy.Tell(population);
            population.Clear();
        }

        return best;
    }

    private static void AssertSound(IEvolutionStrategy strategy)
    {
        var covariance = new double[strategy.Dimension * strategy.Dimension];
        strategy.CopyCovariance(covariance);
        Assert.True(double.IsFinite(strategy.Sigma) && strategy.Sigma > 0, $"sigma is {strategy.Sigma}");
        Assert.All(covariance, c => Assert.True(double.IsFinite(c)));
        var (random, x) = (new RandomState(6), new double[strategy.Dimension]);
        for (var i = 0; i < 20; i++)
        {
            strategy.Ask(random, x);
            strategy.Encode(x);
            Assert.All(x, v => Assert.InRange(v, 0, 1));
        }
    }

    private static double Sum(ReadOnlySpan<double> x, Func<double, int, double> term)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
            sum += term(x[i], i);
        return sum;
    }

    private delegate double Objective(ReadOnlySpan<double> x);
}
