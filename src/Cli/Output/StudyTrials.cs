using Optuna.Trials;

namespace Optuna.Cli.Output;

/// <summary>Trials of a study, chosen and as records.</summary>
internal static class StudyTrials
{
    /// <exception cref="OptunaException">Several objectives, or nothing complete and feasible yet.</exception>
    public static async Task<FrozenTrial> BestAsync(Study study, CancellationToken cancel)
    {
        if (study.Directions.Length > 1)
            throw new OptunaException($"The study '{study.Name}' has several objectives and no single best trial; use best-trials.");
        try
        {
            return await study.GetBestTrialAsync(cancel).ConfigureAwait(false);
        }
        catch (InvalidOperationException e)
        {
            throw new OptunaException($"The study '{study.Name}' has no best trial yet: {e.Message}", e);
        }
    }

    /// <summary>What <c>best-trial</c> prints, or with several objectives <c>best-trials</c>.</summary>
    /// <exception cref="OptunaException">Nothing complete and feasible yet.</exception>
    public static async Task<string> WriteBestAsync(Study study, OutputFormat format, bool flatten, CancellationToken cancel)
    {
        if (study.Directions.Length == 1)
            return format.WriteOne(await RecordsAsync(study, [await BestAsync(study, cancel).ConfigureAwait(false)], cancel).ConfigureAwait(false), flatten);
        var front = await study.GetBestTrialsAsync(cancel).ConfigureAwait(false);
        return front.IsEmpty
            ? throw new OptunaException($"The study '{study.Name}' has no best trials yet: No trials are completed yet.")
            : format.Write(await RecordsAsync(study, front, cancel).ConfigureAwait(false), flatten);
    }

    /// <param name="chosen">Null for all.</param>
    public static async Task<Records> RecordsAsync(Study study, IReadOnlyList<FrozenTrial>? chosen, CancellationToken cancel)
    {
        var summary = await study.GetSummaryAsync(cancel).ConfigureAwait(false);
        // The columns depend on all trials, as Optuna's do.
        var trials = await study.GetTrialsAsync(cancellationToken: cancel).ConfigureAwait(false);
        var records = TrialRecords.Of(study, summary.MetricNames, trials);
        return chosen is null ? records : records with { Rows = [.. chosen.Select(t => records.Rows[t.Number])] };
    }
}
