using Microsoft.Data.Sqlite;

namespace Optuna.Coordinator.Storage;

internal static class SqliteSchema
{
    public static async Task PrepareAsync(SqliteUrl url, CancellationToken cancel)
    {
        SqliteTrouble.RefuseWithoutFolder(url);
        try
        {
            await using var connection = new SqliteConnection(url.ConnectionString);
            await connection.OpenAsync(cancel).ConfigureAwait(false);

            // Not deferred, that is BEGIN IMMEDIATE: the write lock is taken before the first look.
            await using (var transaction = connection.BeginTransaction(deferred: false))
            {
                await JournalSchema.ReconcileAsync(
                    url,
                    new SqliteDialect(),
                    StorageTables.OnSqlite,
                    table => FindAsync(connection, transaction, table.Name, cancel),
                    sql => ExecuteAsync(connection, transaction, sql, cancel)).ConfigureAwait(false);
                await transaction.CommitAsync(cancel).ConfigureAwait(false);
            }

            await UseWriteAheadLogAsync(connection, url, cancel).ConfigureAwait(false);
        }
        catch (SqliteException e)
        {
            throw SqliteTrouble.Refusal(url, e);
        }
    }

    // The mode is kept in the file, so every later connection, the journal's own too, is in it. A commit then costs one
    // write to disk instead of several, and readers do not wait for the writer.
    private static async Task UseWriteAheadLogAsync(SqliteConnection connection, SqliteUrl url, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL";
        var mode = await command.ExecuteScalarAsync(cancel).ConfigureAwait(false) as string;
        if (mode != "wal")
        {
            throw new StorageRefusedException(
                $"SQLite cannot keep a write-ahead log beside {url} (it stays in mode '{mode}'); put the file on a local disk.");
        }
    }

    private static async Task ExecuteAsync(
        SqliteConnection connection, SqliteTransaction transaction, string sql, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancel).ConfigureAwait(false);
    }

    private static async Task<FoundTable?> FindAsync(
        SqliteConnection connection, SqliteTransaction transaction, string table, CancellationToken cancel)
    {
        var kind = await RowsAsync("SELECT type FROM sqlite_master WHERE name = $name", table, r => r.GetString(0)).ConfigureAwait(false);
        if (kind.Count == 0)
            return null;
        if (kind[0] != "table")
            return new FoundTable(table, [], [], $"it is a {kind[0]}, not a table; drop it or name another file");

        var indexes = await RowsAsync(
            """SELECT name FROM pragma_index_list($name) WHERE "unique" = 1 AND partial = 0""", table, r => r.GetString(0)).ConfigureAwait(false);
        var collations = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var keys = new List<string[]>();
        foreach (var index in indexes)
        {
            // A null name stands for an expression or the row id.
            var parts = await RowsAsync(
                """SELECT name, coll FROM pragma_index_xinfo($name) WHERE "key" = 1 ORDER BY seqno""",
                index,
                r => (Name: r.IsDBNull(0) ? null : r.GetString(0), Collation: r.GetString(1))).ConfigureAwait(false);
            if (parts.Any(p => p.Name is null))
                continue;

            keys.Add([.. parts.Select(p => p.Name!)]);
            foreach (var part in parts.Where(p => p.Collation != "BINARY"))
                collations[part.Name!] = part.Collation;
        }

        var columns = await RowsAsync(
            "SELECT name, type, pk FROM pragma_table_info($name)",
            table,
            r => (Name: r.GetString(0), Type: r.GetString(1), Pk: r.GetInt32(2))).ConfigureAwait(false);
        var primary = columns.Where(c => c.Pk > 0).OrderBy(c => c.Pk).ToList();
        if (primary.Count > 0)
            keys.Add([.. primary.Select(c => c.Name)]);

        return new FoundTable(table, [.. columns.Select(Describe)], keys);

        FoundColumn Describe((string Name, string Type, int Pk) column)
        {
            var collation = collations.GetValueOrDefault(column.Name);
            // Only this very type name makes a lone primary key the row id, which counts up by itself.
            var isRowId = primary is [var only] && only.Name == column.Name &&
                column.Type.Equals("INTEGER", StringComparison.OrdinalIgnoreCase);
            var type = column.Type.Length == 0 ? "of no type" : column.Type;
            return new FoundColumn(
                column.Name,
                collation is null ? type : $"{type} with the collation {collation}",
                wanted => SqliteDialect.Fits(wanted, column.Type, isRowId) && (wanted != ColumnKind.ExactText || collation is null));
        }

        async Task<List<T>> RowsAsync<T>(string sql, string name, Func<SqliteDataReader, T> read)
        {
            await using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = sql;
            command.Parameters.AddWithValue("$name", name);

            var rows = new List<T>();
            await using var reader = await command.ExecuteReaderAsync(cancel).ConfigureAwait(false);
            while (await reader.ReadAsync(cancel).ConfigureAwait(false))
                rows.Add(read(reader));
            return rows;
        }
    }
}
