using Optuna.Bench.Quality.Reports;
using Optuna.Bench.Quality.Results;

namespace Optuna.Tests.Quality;

public sealed class MarkdownReportTests
{
    [Fact]
    public void Cells_stand_beside_the_references_with_verdict_and_gap()
    {
        var report = Report(
            [Cell("sphere-2", "tpe", [11, 12, 13, 14, 15, 16])],
            Cell("sphere-2", "tpe", [1, 2, 3, 4, 5, 6]), Cell("sphere-2", "random", [101, 102, 103, 104, 105, 106]));
        Assert.Contains("| tpe | 1 | 0 | 0 | 1 | 100 | 10.0 % | 0 | 0 |\n", report);
        Assert.Contains("- worse: tpe on sphere-2, p = 0.002165, gap 10.0 %\n", report);
        Assert.Contains("| sphere-2 | 150 | 6 | 12.25 | 13.5 | 14.75 | 2.25 | 3.5 | 4.75 | 0.002165 | worse | 10.0 % | 0 of 6 |\n", report);
    }

    [Fact]
    public void Sobol_points_must_be_equal()
    {
        QualityCell[] ours = [Cell("branin", "qmc", [1, 2]), Cell("sphere-2", "qmc", [1, 2])];
        Assert.Contains("**Not equal** on sphere-2,", Report(ours, Cell("branin", "qmc", [1, 2]), Cell("sphere-2", "qmc", [1, 2.1])));
        Assert.DoesNotContain("Not equal", Report(ours, Cell("branin", "qmc", [1, 2]), Cell("sphere-2", "qmc", [1, 2])));
    }

    [Fact]
    public void A_table_is_shown_with_what_random_search_may_expect()
    {
        var report = Report([Cell("nasbench201-cifar10", "tpe", [91, 91.25]) with { BiggerIsBetter = true }]);
        Assert.Contains("## nasbench201-cifar10, maximize, optimum 91.6067\n", report);
        Assert.Contains("| random, expected | |  | 91.1205 |\n", report);
        Assert.Contains("| tpe | 2 | 91.0625 / 91.125 / 91.1875 | 91.125 |\n", report);
    }

    [Fact]
    public void Several_samplers_are_ranked_and_auto_also_with_the_references_default()
    {
        var report = Report(
            [Cell("branin", "auto", [1, 2, 3]), Cell("branin", "random", [7, 8, 9])], Cell("branin", "tpe", [4, 5, 6]));
        Assert.Contains("## Ranks over all problems that every sampler ran: 1 problem\n", report);
        Assert.Contains("## auto and optuna's default: 1 problem\n\n| sampler | mean rank of the median | mean rank of a seed, 0 to 1 |\n|---|---|---|\n| auto | 1.00 | 0.20 |\n| optuna's tpe | 2.00 | 0.80 |\n", report);
    }

    private static string Report(QualityCell[] ours, params QualityCell[] theirs)
    {
        using var text = new StringWriter();
        new MarkdownReport(text, new ResultFile("optuna", "5", theirs)).Write(ours, new Dictionary<string, string>());
        return text.ToString();
    }

    private static QualityCell Cell(string problem, string sampler, double[] values) => new(
        problem, sampler, "best", false, values.Length, 0, null,
        new Dictionary<int, MarkResult> { [150] = MarkResult.Of(values.Select(v => (double?)v), biggerIsBetter: false) });
}
