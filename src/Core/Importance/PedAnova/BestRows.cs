using Optuna.MultiObjective;
using Optuna.Studies;

namespace Optuna.Importance;

/// <summary>Which trials are the best so many, by value.</summary>
internal static class BestRows
{
    /// <summary>Trials whose values, or whose target, are finite.</summary>
    public static int[] Finite(CompletedTrials trials)
    {
        var rows = new List<int>(trials.Count);
        for (var row = 0; row < trials.Count; row++)
        {
            var finite = trials.Target is null || double.IsFinite(trials.Target[row]);
            for (var k = 0; trials.Target is null && k < trials.Directions.Length; k++)
                finite &= double.IsFinite(trials.Values(k)[row]);
            if (finite)
                rows.Add(row);
        }

        return [.. rows];
    }

    /// <summary>
    /// Of one objective, or a target: those not worse than the quantile (the inverse of the empirical distribution), so more than the
    /// share when values are equal. Of several: whole non-dominated ranks, and of the rank that does not fit those that together dominate most, as TPE chooses.
    /// </summary>
    public static int[] Of(CompletedTrials trials, int[] rows, double quantile) =>
        quantile == 1 ? rows
        : trials.Target is null && trials.Directions.Length > 1 ? OfSeveral(trials, rows, (int)Math.Ceiling(quantile * rows.Length))
        : OfOne(trials, rows, quantile);

    private static int[] OfOne(CompletedTrials trials, int[] rows, double quantile)
    {
        var sign = trials.Target is not null || trials.Directions[0] == StudyDirection.Minimize ? 1.0 : -1.0;
        var values = trials.Target ?? trials.Values(0);
        var losses = new double[rows.Length];
        for (var i = 0; i < losses.Length; i++)
            losses[i] = sign * values[rows[i]];
        var sorted = (double[])losses.Clone();
        Array.Sort(sorted);
        var cutoff = sorted[(int)Math.Ceiling(quantile * rows.Length) - 1];
        return [.. rows.Where((_, i) => losses[i] <= cutoff)];
    }

    private static int[] OfSeveral(CompletedTrials trials, int[] rows, int size)
    {
        if (size == rows.Length)
            return rows;
        var objectives = trials.Directions.Length;
        var losses = new double[rows.Length * objectives];
        for (var k = 0; k < objectives; k++)
        {
            for (var i = 0; i < rows.Length; i++)
                losses[(i * objectives) + k] = PointSet.Loss(trials.Values(k)[rows[i]], trials.Directions[k]);
        }

        var points = new PointSet(losses, objectives);
        var byRank = NonDominatedRanks.Of(points).Select((rank, i) => (rank, i)).ToLookup(p => p.rank, p => p.i);
        var chosen = new List<int>(size);
        for (var rank = 0; chosen.Count < size; rank++)
        {
            int[] front = [.. byRank[rank]];
            var room = size - chosen.Count;
            if (front.Length <= room)
            {
                chosen.AddRange(front);
                continue;
            }

            var of = points.Take(front);
            chosen.AddRange(HypervolumeSubset.Of(of, room, HypervolumeSubset.Reference(of)).Select(i => front[i]));
        }

        return [.. chosen.Order().Select(i => rows[i])];
    }
}
