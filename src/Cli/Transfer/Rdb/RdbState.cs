namespace Optuna.Cli.Transfer.Rdb;

/// <summary>What a database says of its tables.</summary>
/// <param name="Library">The Optuna that made them or brought them up to date.</param>
internal sealed record RdbState(RdbVersion Version, string Library)
{
    /// <returns>Null when none of Optuna's tables is there.</returns>
    /// <exception cref="TransferRefusedException">Only some are there, or their version is none we know.</exception>
    public static async Task<RdbState?> ReadAsync(string option, RdbConnection connection, CancellationToken cancel)
    {
        var found = await connection.TablesAsync(cancel).ConfigureAwait(false);
        var missing = RdbTables.Names.Where(n => !found.Contains(n)).ToList();
        if (missing.Count == RdbTables.Names.Length)
            return null;
        var where = $"{option}: {connection.Url}";
        if (missing.Contains("alembic_version") && found.Contains("version_info"))
            throw new TransferRefusedException($"{where}: the tables are too old to say their version; bring them up to date with `optuna storage upgrade`.");
        // An older version lacks tables, too; its version says it better.
        var head = missing.Contains("alembic_version") ? null : await HeadAsync(where, connection, cancel).ConfigureAwait(false);
        var version = head is null ? null : RdbVersion.Of(where, head);
        if (missing.Count > 0 || version is null)
            throw new TransferRefusedException($"{where}: of Optuna's tables {string.Join(", ", missing)} {(missing.Count == 1 ? "is" : "are")} missing.");
        return new RdbState(version, await LibraryAsync(where, connection, cancel).ConfigureAwait(false));
    }

    private static async Task<string> HeadAsync(string where, RdbConnection connection, CancellationToken cancel)
    {
        var heads = new List<string>();
        await foreach (var reader in connection.QueryAsync("SELECT version_num FROM alembic_version", [], cancel).ConfigureAwait(false))
            heads.Add(new RdbRow(reader, "alembic_version").Text(0));
        return heads is [var head] ? head : throw new TransferRefusedException($"{where}: the table alembic_version has {heads.Count} rows, not one.");
    }

    private static async Task<string> LibraryAsync(string where, RdbConnection connection, CancellationToken cancel)
    {
        string? library = null;
        await foreach (var reader in connection.QueryAsync(
            "SELECT schema_version, library_version FROM version_info", [], cancel).ConfigureAwait(false))
        {
            var row = new RdbRow(reader, "version_info");
            if (row.Whole(0) != RdbVersion.SchemaNumber)
                throw new TransferRefusedException($"{where}: version_info says schema {row.Whole(0)}, and not {RdbVersion.SchemaNumber}.");
            library = row.Text(1);
        }

        return library ?? throw new TransferRefusedException($"{where}: the table version_info is empty.");
    }
}
