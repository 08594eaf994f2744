using Optuna.Bench.Quality.Problems;

namespace Optuna.Tests.Quality;

public sealed class HpoTablesTests
{
    /// <summary>As counted from the tables once, with NumPy.</summary>
    [Theory]
    [InlineData("hpolib-protein_structure", 62208, 0.221379, 0.272159, 0.251939, 0.243695)]
    [InlineData("hpolib-naval_propulsion", 62208, 3.19113e-05, 0.000828422, 0.000161407, 9.60903e-05)]
    [InlineData("hpobench-car", 30000, 1, 0.999124, 0.999557, 0.99973)]
    [InlineData("hpobench-segment", 30000, 0.968513, 0.961379, 0.963943, 0.965)]
    [InlineData("nasbench201-cifar10", 15625, 91.6067, 90.5776, 91.0242, 91.1773)]
    public void A_table_has_its_optimum_and_the_expected_best_of_random_trials(
        string name, int configurations, double optimum, double best30, double best100, double best200)
    {
        var table = HpoTables.Tables.Single(t => t.Name == name);
        Assert.Equal(configurations, table.Means.Length);
        double[] ours = [table.Optimum, table.ExpectedBestOfRandom(30), table.ExpectedBestOfRandom(100), table.ExpectedBestOfRandom(200)];
        foreach (var (expected, actual) in new[] { optimum, best30, best100, best200 }.Zip(ours))
            Assert.Equal(expected, actual, expected * 1e-5);
    }

    [Fact]
    public void The_last_digit_of_a_key_runs_fastest()
    {
        var table = HpoTables.Tables.Single(t => t.Name == "hpobench-car");
        var at = new Dictionary<string, object?> { ["alpha"] = 0, ["batch_size"] = 0, ["depth"] = 0, ["learning_rate_init"] = 0, ["width"] = 3 };
        Assert.Equal(table.Means[3], table.Evaluate(Trial.Fixed(at)));
        at["alpha"] = 1;
        Assert.Equal(table.Means[3003], table.Evaluate(Trial.Fixed(at)));
    }

    [Fact]
    public void Every_table_is_a_problem_of_its_direction() =>
        Assert.Equal(HpoTables.Tables.Select(t => (t.Name, t.Direction)), HpoTables.All.Where(p => p.Directions.Count == 1).Select(p => (p.Name, p.Directions[0])));

    [Fact]
    public void A_table_that_tells_the_size_is_a_problem_of_loss_against_size()
    {
        var problem = HpoTables.All.Single(p => p.Name == "hpobench-car-size");
        var table = HpoTables.Tables.Single(t => t.Name == "hpobench-car");
        var at = new Dictionary<string, object?> { ["alpha"] = 0, ["batch_size"] = 0, ["depth"] = 2, ["learning_rate_init"] = 0, ["width"] = 9 };
        var values = problem.Evaluate(Trial.Fixed(at));
        Assert.Equal(-table.Evaluate(Trial.Fixed(at)), values[0]);
        // Three layers of 1024: the largest there is.
        Assert.Equal(Math.Log10(3 * 1024.0 * 1024), values[1], 1e-12);
        Assert.Equal(values[1], table.WorstLossAndSize()[1], 1e-12);
        Assert.Equal(-table.Means.ToArray().Min(), table.WorstLossAndSize()[0]);
    }
}
