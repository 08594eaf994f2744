using Optuna.Bench.Quality.Reports;
using Optuna.Bench.Quality.Results;

namespace Optuna.Tests.Quality;

public sealed class ComparisonTests
{
    private static readonly Dictionary<string, string> s_noPairs = [];

    private static readonly double[] s_low = [1.01, 1.02, 1.03, 1.04, 1.05, 1.06];
    private static readonly double[] s_high = [2.01, 2.02, 2.03, 2.04, 2.05, 2.06];

    [Fact]
    public void Lower_is_better_where_a_function_is_minimised()
    {
        Assert.Equal(Verdict.Better, Compare(s_low, s_high, biggerIsBetter: false).Verdict);
        Assert.Equal(Verdict.Worse, Compare(s_high, s_low, biggerIsBetter: false).Verdict);
        Assert.Equal(Verdict.Tie, Compare(s_high, s_high, biggerIsBetter: false).Verdict);
    }

    [Fact]
    public void Higher_is_better_where_it_is_maximised()
    {
        Assert.Equal(Verdict.Worse, Compare(s_low, s_high, biggerIsBetter: true).Verdict);
        Assert.Equal(Verdict.Better, Compare(s_high, s_low, biggerIsBetter: true).Verdict);
    }

    [Fact]
    public void Nothing_feasible_is_worse_than_anything() =>
        Assert.Equal(Verdict.Worse, Compare([null, null, null, null, null, null], [.. s_high.Select(v => (double?)v)], biggerIsBetter: true).Verdict);

    [Fact]
    public void The_gap_is_a_share_of_the_distance_from_random_search()
    {
        var reference = new ResultFile("other", "1", [Cell("tpe", s_low), Cell("random", [.. s_low.Select(v => v + 10)])]);
        var ours = Cell("tpe", [.. s_low.Select(v => v + 1)]);
        Assert.Equal(0.1, Assert.Single(Comparison.Of([ours], reference, s_noPairs)).Gap!.Value, 1e-9);

        // From itself random search has no distance.
        Assert.Null(Assert.Single(Comparison.Of([Cell("random", s_low)], reference, s_noPairs)).Gap);
    }

    [Fact]
    public void The_last_mark_both_have_decides()
    {
        var ours = Cell("tpe", s_low, mark: 100) with { At = new Dictionary<int, MarkResult> { [50] = Marks(s_high), [100] = Marks(s_low) } };
        var reference = new ResultFile("other", "1", [Cell("tpe", s_low, mark: 50)]);
        var compared = Assert.Single(Comparison.Of([ours], reference, s_noPairs));
        Assert.Equal((50, Verdict.Worse), (compared.Mark, compared.Verdict));
    }

    [Fact]
    public void Seeds_with_the_same_results_are_counted_among_those_both_ran()
    {
        var ours = Cell("tpe", [1.03, 1.04, 7, 1.06, 8, 9]) with { FirstSeed = 2 };
        var compared = Assert.Single(Comparison.Of([ours], new ResultFile("other", "1", [Cell("tpe", s_low)]), s_noPairs));
        Assert.Equal((3, 4), (compared.SameSeeds, compared.CommonSeeds));
    }

    [Fact]
    public void A_sampler_only_we_have_is_compared_with_the_one_named()
    {
        var reference = new ResultFile("other", "1", [Cell("tpe", s_low)]);
        Assert.Empty(Comparison.Of([Cell("auto", s_low)], reference, s_noPairs));
        Assert.Equal("tpe", Assert.Single(Comparison.Of([Cell("auto", s_low)], reference, new Dictionary<string, string> { ["auto"] = "tpe" })).Theirs.Sampler);
    }

    private static Comparison Compare(double[] ours, double[] theirs, bool biggerIsBetter) =>
        Compare([.. ours.Select(v => (double?)v)], [.. theirs.Select(v => (double?)v)], biggerIsBetter);

    private static Comparison Compare(double?[] ours, double?[] theirs, bool biggerIsBetter) => Assert.Single(Comparison.Of(
        [Cell("tpe", ours, biggerIsBetter)], new ResultFile("other", "1", [Cell("tpe", theirs, biggerIsBetter)]), s_noPairs));

    private static QualityCell Cell(string sampler, double[] values, int mark = 150) => Cell(sampler, [.. values.Select(v => (double?)v)], false, mark);

    private static QualityCell Cell(string sampler, double?[] values, bool biggerIsBetter, int mark = 150) => new(
        "p", sampler, "best", biggerIsBetter, values.Length, 0, null, new Dictionary<int, MarkResult> { [mark] = MarkResult.Of(values, biggerIsBetter) });

    private static MarkResult Marks(double[] values) => MarkResult.Of(values.Select(v => (double?)v), biggerIsBetter: false);
}
