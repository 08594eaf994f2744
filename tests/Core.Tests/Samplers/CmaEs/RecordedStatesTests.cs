using Optuna.Numerics;
using Optuna.Samplers.CmaEs;
using Xunit;

namespace Optuna.Tests.Samplers.CmaEs;

public sealed class RecordedStatesTests
{
    private const double Tolerance = 1e-9;

    public static TheoryData<string> Cases => [.. RecordedStates.All.Cases.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Told_the_same_solutions_the_distribution_is_that_of_cmaes(string name)
    {
        var run = RecordedStates.Of(name);
        var strategy = run.Start();
        Assert.Equal(run.PopulationSize, strategy.PopulationSize);
        var population = new Population(run.PopulationSize, run.Dimension);
        foreach (var g in run.Generations)
        {
            Tell(strategy, population, g);
            AssertState(strategy, g, name);
        }

        Assert.Equal(run.Generations.Count, strategy.Generation);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_same_seeds_draw_the_points_of_cmaes_in_every_generation(string name)
    {
        var run = RecordedStates.Of(name);
        var strategy = run.Start();
        var population = new Population(run.PopulationSize, run.Dimension);
        var random = new RandomState(0);
        var x = new double[run.Dimension];
        for (var g = 0; g < run.Generations.Count; g++)
        {
            for (var i = 0; i < run.PopulationSize; i++)
            {
                random.Reseed((uint)((1000 * g) + i + 1));
                strategy.Ask(random, x);
                AssertNear(run.Generations[g].Points[i], x, $"{name}: point {i} of generation {g}");
                strategy.Encode(x);
                if (run.Generations[g].Encoded is { } encoded)
                    AssertNear(encoded[i], x, $"{name}: encoded point {i} of generation {g}");
            }

            Tell(strategy, population, run.Generations[g]);
        }
    }

    [Fact]
    public void The_order_of_the_solutions_makes_no_difference()
    {
        var run = RecordedStates.Of("full, 3 dimensions");
        var strategy = run.Start();
        foreach (var g in run.Generations)
        {
            var population = new Population(run.PopulationSize, run.Dimension);
            Tell(strategy, population, g with { Points = [.. g.Points.Reverse()], Values = [.. g.Values.Reverse()] });
            AssertState(strategy, g, "reversed");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_warm_start_is_that_of_cmaes(int index)
    {
        var recorded = RecordedStates.All.WarmStarts[index];
        var start = WarmStart.From([.. recorded.Points.Zip(recorded.Values)]);
        AssertNear(recorded.Mean, start.Mean, "mean");
        AssertNear([recorded.Sigma], [start.Sigma], "sigma");
        AssertNear(recorded.Covariance, start.Covariance, "covariance");
    }

    [Fact]
    public void A_warm_start_needs_a_tenth_that_is_one_solution()
    {
        var e = Assert.Throws<ArgumentException>(() => WarmStart.From([.. Enumerable.Range(0, 9).Select(i => (new double[] { 0.5 }, (double)i))]));
        Assert.Contains("10 solutions or more, but there are 9", e.Message, StringComparison.Ordinal);
    }

    private static void Tell(IEvolutionStrategy strategy, Population population, RecordedGeneration g)
    {
        population.Clear();
        for (var i = 0; i < g.Points.Length; i++)
            g.Points[i].CopyTo(population.Add(g.Values[i]));
        strategy.Tell(population);
    }

    private static void AssertState(IEvolutionStrategy strategy, RecordedGeneration g, string name)
    {
        var where = $"{name}, generation {strategy.Generation}";
        AssertNear(g.Mean, strategy.Mean, $"{where}: mean");
        AssertNear([g.Sigma], [strategy.Sigma], $"{where}: sigma");
        var covariance = new double[g.Covariance.Length];
        strategy.CopyCovariance(covariance);
        AssertNear(g.Covariance, covariance, $"{where}: covariance");
        if (strategy is MarginCma margin)
            AssertNear(g.Spread!, margin.Spread, $"{where}: spread");
        if (strategy is FullCma { Rates: { } rates })
            AssertNear(g.Rates!, [rates.Mean, rates.Sigma], $"{where}: rates");
    }

    private static void AssertNear(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        var scale = 0.0;
        foreach (var v in expected)
            scale = Math.Max(scale, Math.Abs(v));
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= Tolerance * scale, $"{what}[{i}] is {actual[i]:R}, that of cmaes {expected[i]:R}");
    }
}
