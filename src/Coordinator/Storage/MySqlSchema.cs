using MySqlConnector;

namespace Optuna.Coordinator.Storage;

internal static class MySqlSchema
{
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(60);

    public static async Task PrepareAsync(MySqlUrl url, CancellationToken cancel)
    {
        try
        {
            // Not from the pool: the lock must end with the connection, however this ends.
            await using var connection = new MySqlConnection(url.ConnectionStringWith(c => c.Pooling = false));
            await connection.OpenAsync(cancel).ConfigureAwait(false);

            // Statements that create tables commit by themselves, so a transaction would not keep two coordinators apart.
            await using var turn = await MySqlNamedLock.TryTakeAsync(connection, url, "schema", LockPatience, cancel).ConfigureAwait(false)
                ?? throw new StorageRefusedException(
                    $"Another coordinator has been preparing the tables of {url} for {LockPatience.TotalSeconds:0} s; " +
                    "start this one again once that one is up or gone.");

            await JournalSchema.ReconcileAsync(
                url,
                new MySqlDialect(),
                StorageTables.OnMySql,
                table => FindAsync(connection, table.Name, cancel),
                sql => ExecuteAsync(connection, sql, cancel)).ConfigureAwait(false);
        }
        catch (MySqlException e)
        {
            throw MySqlTrouble.Refusal(url, e);
        }
    }

    private static async Task ExecuteAsync(MySqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel).ConfigureAwait(false);
    }

    private static async Task<FoundTable?> FindAsync(MySqlConnection connection, string table, CancellationToken cancel)
    {
        var trouble = await TroubleAsync(connection, table, cancel).ConfigureAwait(false);
        if (trouble.IsMissing)
            return null;

        return new FoundTable(
            table,
            await ColumnsAsync(connection, table, cancel).ConfigureAwait(false),
            await UniqueKeysAsync(connection, table, cancel).ConfigureAwait(false),
            trouble.Clause);
    }

    private static async Task<(bool IsMissing, string? Clause)> TroubleAsync(
        MySqlConnection connection, string table, CancellationToken cancel)
    {
        await using var command = new MySqlCommand(
            "SELECT table_type, engine FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = @table",
            connection);
        command.Parameters.AddWithValue("@table", table);
        await using var reader = await command.ExecuteReaderAsync(cancel).ConfigureAwait(false);
        if (!await reader.ReadAsync(cancel).ConfigureAwait(false))
            return (true, null);

        var type = reader.GetString(0);
        var engine = reader.IsDBNull(1) ? "none" : reader.GetString(1);
        if (type != "BASE TABLE")
            return (false, $"it is a {type.ToLowerInvariant()}, not a table; rename it and start again");
        if (!engine.Equals("InnoDB", StringComparison.OrdinalIgnoreCase))
            return (false, $"its engine is {engine}, which has no transactions; mend it with ALTER TABLE {table} ENGINE=InnoDB");
        return (false, null);
    }

    private static async Task<List<FoundColumn>> ColumnsAsync(MySqlConnection connection, string table, CancellationToken cancel)
    {
        await using var command = new MySqlCommand(
            """
            SELECT column_name, data_type, column_type, collation_name, datetime_precision, extra
            FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = @table
            """,
            connection);
        command.Parameters.AddWithValue("@table", table);

        var columns = new List<FoundColumn>();
        await using var reader = await command.ExecuteReaderAsync(cancel).ConfigureAwait(false);
        while (await reader.ReadAsync(cancel).ConfigureAwait(false))
        {
            var type = reader.GetString(1).ToLowerInvariant();
            var collation = reader.IsDBNull(3) ? null : reader.GetString(3);
            int? fraction = reader.IsDBNull(4) ? null : Convert.ToInt32(reader.GetValue(4), System.Globalization.CultureInfo.InvariantCulture);
            var extra = reader.GetString(5);
            var description = collation is null ? reader.GetString(2) : $"{reader.GetString(2)} with the collation {collation}";
            columns.Add(new FoundColumn(
                reader.GetString(0), description, kind => MySqlDialect.Fits(kind, type, collation, fraction, extra)));
        }

        return columns;
    }

    private static async Task<List<string[]>> UniqueKeysAsync(MySqlConnection connection, string table, CancellationToken cancel)
    {
        await using var command = new MySqlCommand(
            """
            SELECT index_name, column_name, sub_part
            FROM information_schema.statistics
            WHERE table_schema = DATABASE() AND table_name = @table AND non_unique = 0
            ORDER BY index_name, seq_in_index
            """,
            connection);
        command.Parameters.AddWithValue("@table", table);

        var rows = new List<(string Index, string? Column, bool IsPrefix)>();
        await using var reader = await command.ExecuteReaderAsync(cancel).ConfigureAwait(false);
        while (await reader.ReadAsync(cancel).ConfigureAwait(false))
            rows.Add((reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1), !reader.IsDBNull(2)));

        // An index over a prefix or an expression makes something else unique.
        return [.. rows
            .GroupBy(r => r.Index)
            .Where(g => g.All(r => r.Column is not null && !r.IsPrefix))
            .Select(g => g.Select(r => r.Column!).ToArray())];
    }
}
