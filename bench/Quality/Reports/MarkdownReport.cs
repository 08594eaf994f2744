using System.Globalization;
using Optuna.Bench.Quality.Problems;
using Optuna.Bench.Quality.Results;

namespace Optuna.Bench.Quality.Reports;

/// <summary>Results beside a reference's, for people.</summary>
internal sealed class MarkdownReport(TextWriter to, ResultFile reference)
{
    private const double WideGap = 0.1;

    // Without scrambling every point is determined, so results are the reference's or wrong.
    private const string Deterministic = "qmc";

    public void Write(IReadOnlyList<QualityCell> cells, IReadOnlyDictionary<string, string> against)
    {
        var comparisons = Comparison.Of(cells, reference, against);
        if (comparisons.Count > 0)
        {
            Line($"# Beside {reference.Implementation} {reference.Version}");
            Line();
            Line($"Quartiles over seeds after the last common number of trials; two-sided Mann-Whitney at 5 %. Gap: how far our median lies on the");
            Line($"bad side of {reference.Implementation}'s, in shares of the distance from its random search to it. Same: seeds with the very same results.");
            Line();
            Summary(comparisons);
            foreach (var sampler in comparisons.GroupBy(c => c.Ours.Sampler))
                Cells(sampler.Key, [.. sampler]);
        }

        Tables([.. cells.Where(c => HpoTables.All.Any(t => t.Name == c.Problem))]);
        Places(cells, against);
    }

    private void Summary(IReadOnlyList<Comparison> all)
    {
        Line("| sampler | cells | better | tie | worse | worse, % | widest gap | gap > 10 % | of these worse |");
        Line("|---|---|---|---|---|---|---|---|---|");
        foreach (var sampler in all.GroupBy(c => c.Ours.Sampler))
            SummaryRow(sampler.Key, [.. sampler]);
        SummaryRow("**all**", all);
        Line();
        foreach (var c in all.Where(c => c.Verdict == Verdict.Worse))
            Line($"- worse: {c.Ours.Sampler} on {c.Ours.Problem}, p = {Short(c.PValue)}, gap {Percent(c.Gap)}");
        if (all.Any(c => c.Verdict == Verdict.Worse))
            Line();
    }

    private void SummaryRow(string name, IReadOnlyList<Comparison> cells)
    {
        var (better, worse) = (cells.Count(c => c.Verdict == Verdict.Better), cells.Count(c => c.Verdict == Verdict.Worse));
        var wide = cells.Where(c => c.Gap > WideGap).ToArray();
        Line($"| {name} | {cells.Count} | {better} | {cells.Count - better - worse} | {worse} | {Short(100.0 * worse / cells.Count)} | {Percent(cells.Max(c => c.Gap))} | {wide.Length} | {wide.Count(c => c.Verdict == Verdict.Worse)} |");
    }

    private void Cells(string sampler, IReadOnlyList<Comparison> cells)
    {
        var theirs = cells[0].Theirs.Sampler;
        Line($"## {sampler}{(theirs == sampler ? "" : $" against {theirs}")}");
        Line();
        Line($"| problem | trials | our seeds | q25 | median | q75 | {reference.Implementation} q25 | median | q75 | p | verdict | gap | same |");
        Line("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var c in cells)
            Line($"| {c.Ours.Problem} | {c.Mark} | {c.Ours.Seeds} | {Three(c.OursAtMark)} | {Three(c.TheirsAtMark)} | {Short(c.PValue)} | {c.Verdict.ToString().ToLowerInvariant()} | {Percent(c.Gap)} | {c.SameSeeds} of {c.CommonSeeds} |");
        Line();
        if (sampler == Deterministic && cells.Any(c => c.SameSeeds < c.CommonSeeds))
        {
            Line($"**Not equal** on {string.Join(", ", cells.Where(c => c.SameSeeds < c.CommonSeeds).Select(c => c.Ours.Problem))}, though this sampler draws nothing at random after its first trial.");
            Line();
        }
    }

    private void Tables(IReadOnlyList<QualityCell> cells)
    {
        foreach (var problem in cells.GroupBy(c => c.Problem))
        {
            // Of loss against size neither the greatest hypervolume is known nor what random search may expect.
            var table = HpoTables.Tables.SingleOrDefault(t => t.Name == problem.Key);
            var marks = problem.SelectMany(c => c.At.Keys).Distinct().Order().ToArray();
            Line(table is null
                ? $"## {problem.Key}, {problem.First().Metric}"
                : $"## {table.Name}, {table.Direction.ToString().ToLowerInvariant()}, optimum {Long(table.Optimum)}");
            Line();
            Line($"| sampler | seeds | {string.Join(" | ", marks.Select(m => $"{m}: q25 / median / q75 | mean"))} |");
            Line($"|---|---|{string.Concat(marks.Select(_ => "---|---|"))}");
            if (table is not null)
                Line($"| random, expected | | {string.Join(" | ", marks.Select(m => $" | {Long(table.ExpectedBestOfRandom(m))}"))} |");
            foreach (var c in problem)
                Line($"| {c.Sampler} | {c.Seeds} | {string.Join(" | ", marks.Select(m => c.At.TryGetValue(m, out var r) ? $"{Long(r.Q25)} / {Long(r.Median)} / {Long(r.Q75)} | {Long(r.Values.Average())}" : " | "))} |");
            Line();
        }
    }

    private void Places(IReadOnlyList<QualityCell> cells, IReadOnlyDictionary<string, string> against)
    {
        if (cells.Select(c => c.Sampler).Distinct().Count() > 1)
            Ranks("Ranks over all problems that every sampler ran", MeanRanks.Of([.. cells]));

        // Where the reference's default runs under the same name it is the same algorithm: the others are the question.
        var defaults = reference.Cells.Where(c => c.Sampler == "tpe").Select(c => c with { Sampler = $"{reference.Implementation}'s tpe" }).ToArray();
        foreach (var sampler in cells.GroupBy(c => c.Sampler).Where(s => s.Key == "auto" || against.ContainsKey(s.Key)))
            Ranks($"{sampler.Key} and {reference.Implementation}'s default", MeanRanks.Of([.. sampler, .. defaults.Where(d => sampler.Any(c => c.Problem == d.Problem))]));
    }

    private void Ranks(string title, IReadOnlyList<MeanRank> ranks)
    {
        if (ranks.Count == 0)
            return;
        Line($"## {title}: {ranks[0].Problems} problem{(ranks[0].Problems == 1 ? "" : "s")}");
        Line();
        Line("| sampler | mean rank of the median | mean rank of a seed, 0 to 1 |");
        Line("|---|---|---|");
        foreach (var r in ranks)
            Line($"| {r.Sampler} | {Fixed(r.ByMedian)} | {Fixed(r.BySeed)} |");
        Line();
    }

    private void Line(string text = "") => to.Write(text + "\n");

    private static string Three(MarkResult r) => $"{Short(r.Q25)} | {Short(r.Median)} | {Short(r.Q75)}";

    private static string Short(double? value) => value?.ToString("G4", CultureInfo.InvariantCulture) ?? "–";

    // Tables differ little from their optima.
    private static string Long(double? value) => value?.ToString("G6", CultureInfo.InvariantCulture) ?? "–";

    private static string Fixed(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Percent(double? share) => share is { } s ? (100 * s).ToString("0.0", CultureInfo.InvariantCulture) + " %" : "–";
}
