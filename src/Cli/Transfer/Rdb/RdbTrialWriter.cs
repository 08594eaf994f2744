using Optuna.Trials;

namespace Optuna.Cli.Transfer.Rdb;

/// <summary>Writes trials of one study in batches: their own rows first, then, by the ids these got, all others.</summary>
internal sealed class RdbTrialWriter(RdbConnection connection, ForeignStudy study, long studyId, StoredTimes times)
{
    private readonly RowBatch _trials = new(connection, "trials", "number, study_id, state, datetime_start, datetime_complete");
    private readonly RowBatch _values = new(connection, "trial_values", "trial_id, objective, value, value_type");
    private readonly RowBatch _params = new(connection, "trial_params", "trial_id, param_name, param_value, distribution_json");
    private readonly RowBatch _reports = new(connection, "trial_intermediate_values", "trial_id, step, intermediate_value, intermediate_value_type");
    private readonly RowBatch _userAttrs = new(connection, "trial_user_attributes", "trial_id, `key`, value_json");
    private readonly RowBatch _systemAttrs = new(connection, "trial_system_attributes", "trial_id, `key`, value_json");

    /// <param name="batch">Numbers that follow each other.</param>
    public async Task WriteAsync(FrozenTrial[] batch, CancellationToken cancel)
    {
        foreach (var t in batch)
        {
            await _trials.AddAsync(
                cancel, t.Number, studyId, RdbNames.Of(t.State), times.WriteForDatabase(t.DatetimeStart), times.WriteForDatabase(t.DatetimeComplete))
                .ConfigureAwait(false);
        }

        await _trials.FlushAsync(cancel).ConfigureAwait(false);
        var ids = await IdsAsync(batch[0].Number, batch[^1].Number, cancel).ConfigureAwait(false);
        foreach (var t in batch)
            await WriteAsync(ids[t.Number], t, cancel).ConfigureAwait(false);
        foreach (var rows in new[] { _values, _params, _reports, _userAttrs, _systemAttrs })
            await rows.FlushAsync(cancel).ConfigureAwait(false);
    }

    private async Task<Dictionary<long, long>> IdsAsync(int first, int last, CancellationToken cancel)
    {
        var ids = new Dictionary<long, long>();
        await foreach (var reader in connection.QueryAsync(
            "SELECT number, trial_id FROM trials WHERE study_id = @p0 AND number >= @p1 AND number <= @p2", [studyId, first, last], cancel).ConfigureAwait(false))
        {
            var row = new RdbRow(reader, "trials");
            ids.Add(row.Whole(0), row.Whole(1));
        }

        return ids;
    }

    private async Task WriteAsync(long id, FrozenTrial trial, CancellationToken cancel)
    {
        for (var i = 0; i < trial.Values.Length; i++)
        {
            var (type, value) = RdbNames.Of(trial.Values[i]);
            if (type == "NAN")
                throw new TransferRefusedException($"Study '{study.Name}', trial {trial.Number}: Optuna's tables have no place for the value NaN; a journal file does.");
            await _values.AddAsync(cancel, id, i, value, type).ConfigureAwait(false);
        }

        foreach (var p in trial.ParamList)
            await _params.AddAsync(cancel, id, p.Name, p.Value, Checked(trial, p.Name, ExportedDistribution.TextOf(p.Distribution))).ConfigureAwait(false);
        foreach (var (step, report) in trial.IntermediateValues)
        {
            var (type, value) = RdbNames.Of(report);
            await _reports.AddAsync(cancel, id, step, value, type).ConfigureAwait(false);
        }

        foreach (var (key, json) in trial.UserAttrs)
            await _userAttrs.AddAsync(cancel, id, key, Checked(trial, key, json)).ConfigureAwait(false);
        foreach (var (key, json) in trial.SystemAttrs)
            await _systemAttrs.AddAsync(cancel, id, key, Checked(trial, key, json)).ConfigureAwait(false);
    }

    // A server that is not strict would cut it off without a word.
    private string Checked(FrozenTrial trial, string name, string text) => !connection.IsMySql || System.Text.Encoding.UTF8.GetByteCount(text) <= ushort.MaxValue
        ? text
        : throw new TransferRefusedException(
            $"Study '{study.Name}', trial {trial.Number}: the text of '{name}' is longer than the {ushort.MaxValue} bytes a MySQL database of Optuna's keeps; a SQLite file or a journal file does.");
}
