using Optuna.Bench.Quality.Results;
using Optuna.Bench.Quality.Statistics;

namespace Optuna.Bench.Quality.Reports;

/// <summary>Of two samples, at 5 %.</summary>
internal enum Verdict
{
    Better,
    Tie,
    Worse,
}

/// <summary>One of our cells beside the reference's, at the last mark that both have.</summary>
/// <param name="Gap">
/// How far our median lies on the bad side of the reference's, as a share of the distance between the reference's and its random
/// search's; null where that distance is 0 or unknown.
/// </param>
/// <param name="SameSeeds">Seeds whose value is the reference's, to 6 digits, at every mark both have.</param>
/// <param name="CommonSeeds">Seeds both have run.</param>
internal sealed record Comparison(
    QualityCell Ours, QualityCell Theirs, int Mark, double PValue, Verdict Verdict, double? Gap, int SameSeeds, int CommonSeeds)
{
    private const double Level = 0.05;
    private const double SameTo = 1e-6;

    public MarkResult OursAtMark => Ours.At[Mark];

    public MarkResult TheirsAtMark => Theirs.At[Mark];

    /// <param name="against">The reference's sampler for one of ours that it does not have.</param>
    /// <returns>A comparison for every cell of ours that has a counterpart.</returns>
    public static IReadOnlyList<Comparison> Of(
        IEnumerable<QualityCell> ours, ResultFile reference, IReadOnlyDictionary<string, string> against)
    {
        var theirs = reference.Cells.ToDictionary(c => (c.Problem, c.Sampler));
        var found = new List<Comparison>();
        foreach (var cell in ours)
        {
            if (theirs.TryGetValue((cell.Problem, against.GetValueOrDefault(cell.Sampler, cell.Sampler)), out var other)
                && cell.At.Keys.Intersect(other.At.Keys).Any())
                found.Add(Of(cell, other, theirs.GetValueOrDefault((cell.Problem, "random"))));
        }

        return found;
    }

    private static Comparison Of(QualityCell ours, QualityCell theirs, QualityCell? random)
    {
        var marks = ours.At.Keys.Intersect(theirs.At.Keys).Order().ToArray();
        var mark = marks[^1];
        var (a, b) = (ours.At[mark].Losses(ours.BiggerIsBetter), theirs.At[mark].Losses(ours.BiggerIsBetter));
        var test = MannWhitney.Test(a, b);
        var oursIsLarger = test.U > a.Length * b.Length / 2.0;
        var verdict = test.PValue >= Level ? Verdict.Tie : oursIsLarger ? Verdict.Worse : Verdict.Better;
        var (same, common) = Same(ours, theirs, marks);
        return new Comparison(ours, theirs, mark, test.PValue, verdict, GapOf(a, b, random, mark), same, common);
    }

    private static double? GapOf(double[] ours, double[] theirs, QualityCell? random, int mark)
    {
        if (random is null || !random.At.TryGetValue(mark, out var atMark))
            return null;
        var reference = Median.Of(theirs);
        var distance = Math.Abs(Median.Of(atMark.Losses(random.BiggerIsBetter)) - reference);
        var gap = (Median.Of(ours) - reference) / distance;
        return double.IsFinite(gap) ? gap : null;
    }

    private static (int Same, int Common) Same(QualityCell ours, QualityCell theirs, int[] marks)
    {
        var first = Math.Max(ours.FirstSeed, theirs.FirstSeed);
        var end = Math.Min(ours.FirstSeed + ours.Seeds, theirs.FirstSeed + theirs.Seeds);
        var same = Enumerable.Range(first, Math.Max(0, end - first)).Count(seed => marks.All(m =>
            IsSame(ours.At[m].Values[seed - ours.FirstSeed], theirs.At[m].Values[seed - theirs.FirstSeed])));
        return (same, Math.Max(0, end - first));
    }

    private static bool IsSame(double? a, double? b) => a is null || b is null ? a == b : Math.Abs(a.Value - b.Value) <= SameTo * Math.Abs(b.Value);
}
