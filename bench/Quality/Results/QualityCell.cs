using System.Globalization;
using Optuna.Bench.Quality.Statistics;

namespace Optuna.Bench.Quality.Results;

/// <summary>What one sampler reached on one problem, for several seeds.</summary>
/// <param name="Problem">Name in the catalogue.</param>
/// <param name="Metric"><c>best</c> or <c>hypervolume</c>.</param>
/// <param name="FirstSeed">The seeds are this one and those that follow it.</param>
/// <param name="MedianSPerRun">Seconds, of one study among others that ran at the same time.</param>
/// <param name="At">Results by the number of trials.</param>
internal sealed record QualityCell(
    string Problem, string Sampler, string Metric, bool BiggerIsBetter, int Seeds, int FirstSeed, double? MedianSPerRun,
    IReadOnlyDictionary<int, MarkResult> At)
{
    public int LastMark => At.Keys.Max();
}

/// <summary>Results after so many trials.</summary>
/// <param name="Values">One a seed; null where nothing was feasible.</param>
internal sealed record MarkResult(IReadOnlyList<double?> Values, double? Q25, double? Median, double? Q75)
{
    /// <summary>Values are kept to 7 digits, as Optuna's results are.</summary>
    public static MarkResult Of(IEnumerable<double?> values, bool biggerIsBetter)
    {
        double?[] all = [.. values];
        var q = Quartiles.Of(Losses(all, biggerIsBetter));
        double?[] kept = [.. all.Select(Kept)];
        return biggerIsBetter
            ? new MarkResult(kept, Kept(-q.Q75), Kept(-q.Median), Kept(-q.Q25))
            : new MarkResult(kept, Kept(q.Q25), Kept(q.Median), Kept(q.Q75));
    }

    /// <summary>Smaller is better, and nothing feasible is worst.</summary>
    public double[] Losses(bool biggerIsBetter) => Losses(Values, biggerIsBetter);

    private static double[] Losses(IReadOnlyList<double?> values, bool biggerIsBetter) =>
        [.. values.Select(v => v is not { } known ? double.PositiveInfinity : biggerIsBetter ? -known : known)];

    private static double? Kept(double? value) => value is { } v && double.IsFinite(v)
        ? double.Parse(v.ToString("G7", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
        : null;
}
