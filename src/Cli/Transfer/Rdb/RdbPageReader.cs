using Optuna.Distributions;
using Optuna.Trials;

namespace Optuna.Cli.Transfer.Rdb;

/// <summary>Some trials that follow each other.</summary>
internal sealed record RdbPage(IReadOnlyList<FrozenTrial> Trials, long LastId);

/// <summary>Reads trials by the thousand: one query of each table per page, in the order of trials, joined as they come.</summary>
internal sealed class RdbPageReader(RdbConnection connection, StoredTimes times)
{
    public const int PageSize = 1000;

    // Trials of one study mostly share their distributions.
    private readonly Dictionary<string, Distribution> _distributions = [];

    /// <returns>Null when no trial has a larger id than <paramref name="after"/>.</returns>
    public async Task<RdbPage?> ReadAsync(ForeignStudy study, long after, CancellationToken cancel)
    {
        var trials = await TrialsAsync(study, after, cancel).ConfigureAwait(false);
        if (trials.Count == 0)
            return null;
        var last = trials.Keys.Max();
        foreach (var part in Parts)
        {
            // The trials' own table says which are this study's: those of others may lie between them.
            var sql = $"SELECT c.trial_id, {part.Columns} FROM {part.Table} c JOIN trials t ON t.trial_id = c.trial_id "
                + $"WHERE t.study_id = @p0 AND t.trial_id > @p1 AND t.trial_id <= @p2 ORDER BY c.trial_id, c.{part.Order}";
            await foreach (var reader in connection.QueryAsync(sql, [study.Key, after, last], cancel).ConfigureAwait(false))
            {
                var row = new RdbRow(reader, part.Table);
                part.Add(this, trials[row.Whole(0)], row);
            }
        }

        return new RdbPage([.. trials.Values.Select(t => t.Freeze())], last);
    }

    private static readonly Part[] Parts =
    [
        new("trial_values", "c.objective, c.value_type, c.value", "objective", (_, trial, row) => trial.AddValue(row.Whole(1), row.Text(2), row.OptionalReal(3))),
        new("trial_params", "c.param_name, c.param_value, c.distribution_json", "param_id",
            (pages, trial, row) => trial.AddParam(row.Text(1), row.OptionalReal(2), row.OptionalText(3), pages._distributions)),
        new("trial_intermediate_values", "c.step, c.intermediate_value_type, c.intermediate_value", "step",
            (_, trial, row) => trial.AddReport(row.Whole(1), row.Text(2), row.OptionalReal(3))),
        new("trial_user_attributes", "c.`key`, c.value_json", "trial_user_attribute_id", (_, trial, row) => trial.UserAttrs.Add(KeyValuePair.Create(row.Text(1), row.Text(2)))),
        new("trial_system_attributes", "c.`key`, c.value_json", "trial_system_attribute_id", (_, trial, row) => trial.SystemAttrs.Add(KeyValuePair.Create(row.Text(1), row.Text(2)))),
    ];

    private async Task<OrderedDictionary<long, RdbTrial>> TrialsAsync(ForeignStudy study, long after, CancellationToken cancel)
    {
        var trials = new OrderedDictionary<long, RdbTrial>();
        await foreach (var reader in connection.QueryAsync(
            "SELECT trial_id, number, state, CAST(datetime_start AS CHAR), CAST(datetime_complete AS CHAR) FROM trials "
            + $"WHERE study_id = @p0 AND trial_id > @p1 ORDER BY trial_id LIMIT {PageSize}", [study.Key, after], cancel).ConfigureAwait(false))
        {
            var row = new RdbRow(reader, "trials");
            var (id, number, word) = (row.Whole(0), row.OptionalWhole(1), row.Text(2));
            if (number is not (>= 0 and <= int.MaxValue))
                throw new TransferRefusedException($"Study '{study.Name}': the trial with id {id} has no number.");
            var trial = new RdbTrial(study, (int)number);
            trials.Add(id, trial);
            trial.Begin(word, row.OptionalText(3), row.OptionalText(4), times);
        }

        return trials;
    }

    private sealed record Part(string Table, string Columns, string Order, Action<RdbPageReader, RdbTrial, RdbRow> Add);
}
