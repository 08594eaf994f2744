using Optuna.Bench.Quality.Results;

namespace Optuna.Bench.Quality.Reports;

/// <summary>A sampler's place among others, over problems.</summary>
/// <param name="ByMedian">Mean place of its median; 1 is best, and equal medians share theirs.</param>
/// <param name="BySeed">
/// Mean place of its single results among those of all samplers, on a scale from 0 (all of them best) to 1; takes their spread into account.
/// </param>
internal sealed record MeanRank(string Sampler, double ByMedian, double BySeed, int Problems);

internal static class MeanRanks
{
    /// <summary>Ranks the samplers of these cells on every problem that all of them have, at the last mark they share; best first.</summary>
    public static IReadOnlyList<MeanRank> Of(IReadOnlyCollection<QualityCell> cells)
    {
        string[] samplers = [.. cells.Select(c => c.Sampler).Distinct()];
        var byMedian = new double[samplers.Length];
        var bySeed = new double[samplers.Length];
        var problems = 0;
        foreach (var problem in cells.GroupBy(c => c.Problem))
        {
            var of = problem.DistinctBy(c => c.Sampler).ToDictionary(c => c.Sampler);
            if (of.Count < samplers.Length)
                continue;
            var marks = of.Values.Select(c => c.At.Keys).Aggregate<IEnumerable<int>>((a, b) => a.Intersect(b)).ToArray();
            if (marks.Length == 0)
                continue;
            problems++;
            var losses = samplers.Select(s => of[s].At[marks.Max()].Losses(of[s].BiggerIsBetter)).ToArray();
            var medians = Ranks([.. losses.Select(Median.Of)]);
            var seeds = Ranks([.. losses.SelectMany(l => l)]);
            for (int i = 0, from = 0; i < samplers.Length; from += losses[i++].Length)
            {
                byMedian[i] += medians[i];
                bySeed[i] += (seeds.AsSpan(from, losses[i].Length).ToArray().Average() - 1) / Math.Max(1, seeds.Length - 1);
            }
        }

        return [.. samplers.Select((s, i) => new MeanRank(s, byMedian[i] / problems, bySeed[i] / problems, problems))
            .Where(_ => problems > 0).OrderBy(r => r.ByMedian).ThenBy(r => r.BySeed)];
    }

    /// <summary>Places from 1 for the smallest; equal values share the mean of theirs.</summary>
    internal static double[] Ranks(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i])];
        var ranks = new double[values.Length];
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && values[order[end]] == values[order[start]])
                end++;
            for (var i = start; i < end; i++)
                ranks[order[i]] = (start + 1 + end) / 2.0;
            start = end;
        }

        return ranks;
    }
}
