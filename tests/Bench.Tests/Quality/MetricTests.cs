using Optuna.Bench.Quality.Problems;
using Optuna.Bench.Quality.Reports;
using Optuna.Bench.Quality.Results;
using Optuna.Bench.Quality.Running;
using Optuna.Bench.Quality.Statistics;
using Optuna.Studies;

namespace Optuna.Tests.Quality;

public sealed class MetricTests
{
    [Fact]
    public void The_best_value_is_the_best_feasible_one()
    {
        Outcome[] trials = [new([double.NaN], true), new([3], true), new([1], false), new([2], true), new([9], true)];
        Assert.Equal(2, new BestValue(StudyDirection.Minimize).Of(trials));
        Assert.Equal(9, new BestValue(StudyDirection.Maximize).Of(trials));
        Assert.Null(new BestValue(StudyDirection.Minimize).Of(trials.AsSpan(2, 1)));
    }

    /// <summary>As NumPy's <c>percentile</c> has them.</summary>
    [Fact]
    public void Quartiles_lie_between_ranks()
    {
        Assert.Equal(new Quartiles(1.75, 2.5, 3.25), Quartiles.Of([4, 1, 3, 2]));
        Assert.Equal(new Quartiles(5, 5, 5), Quartiles.Of([5]));
        Assert.Equal(double.PositiveInfinity, Quartiles.Of([1, 2, double.PositiveInfinity, double.PositiveInfinity]).Q75);
    }

    [Fact]
    public void Equal_values_share_their_places() => Assert.Equal([2.5, 1, 2.5, 4], MeanRanks.Ranks([3, 1, 3, 7]));

    [Fact]
    public void Samplers_are_ranked_on_the_problems_all_of_them_have()
    {
        QualityCell[] cells =
        [
            Cell("p", "a", [1, 2, 3]), Cell("p", "b", [2, 3, 4]), Cell("q", "a", [5, 5, 5]), Cell("q", "b", [1, 1, 1]), Cell("r", "a", [0, 0, 0]),
            Cell("s", "a", [1, 1, 1]), Cell("s", "b", [2, 2, 2]),
        ];
        var ranks = MeanRanks.Of(cells);
        Assert.Equal(["a", "b"], ranks.Select(r => r.Sampler));
        Assert.Equal([4 / 3.0, 5 / 3.0], ranks.Select(r => r.ByMedian));
        Assert.All(ranks, r => Assert.Equal(3, r.Problems));

        // Of six results on p the seeds of a have places 1, 2.5 and 4.5.
        Assert.Equal(((8.0 / 3) - 1 + 4 + 1) / 5 / 3, ranks[0].BySeed, 1e-12);
    }

    [Theory]
    [InlineData("tpe", new[] { 25, 50, 100, 150 }, "")]
    [InlineData("tpe", new[] { 25, 50, 80 }, "80")]
    [InlineData("random", new[] { 25, 50, 80 }, "80;tpe=100")]
    [InlineData("tpe", new[] { 25, 50, 100 }, "80;tpe=100")]
    [InlineData("tpe", new[] { 25, 50, 100, 150, 400 }, "tpe=400")]
    [InlineData("gp", new[] { 25, 50 }, "")]
    public void A_budget_ends_the_marks(string sampler, int[] marks, string budgets) => Assert.Equal(
        marks, Budget.Marks([25, 50, 100, 150], sampler, [.. budgets.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(Budget.Read)]));

    [Fact]
    public void A_budget_for_no_sampler_is_refused() =>
        Assert.Contains("'tpee'", Assert.Throws<ArgumentException>(() => Budget.Read("tpee=10")).Message);

    private static QualityCell Cell(string problem, string sampler, double[] values) => new(
        problem, sampler, "best", false, values.Length, 0, null,
        new Dictionary<int, MarkResult> { [150] = MarkResult.Of(values.Select(v => (double?)v), biggerIsBetter: false) });
}
