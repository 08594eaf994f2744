namespace Optuna.Coordinator.Storage;

/// <summary>
/// Sees to it, at every start and before any actor runs, that the storage has the tables it needs and that they are what
/// they must be.
/// </summary>
/// <remarks>
/// Akka.Persistence.Sql could make the tables itself, but on MariaDB it makes them with 255-byte messages and without the
/// unique key, and when it fails the studies merely never recover. Hence own DDL, and a refusal that says why.
/// </remarks>
public static class JournalSchema
{
    /// <summary>Creates what is missing and checks the rest; several coordinators may call it at once.</summary>
    /// <exception cref="StorageRefusedException">
    /// The database cannot be reached, refuses the account, or holds a table of another shape. Nothing was changed.
    /// </exception>
    public static Task PrepareAsync(StorageUrl url, CancellationToken cancel = default) => url switch
    {
        MySqlUrl mysql => MySqlSchema.PrepareAsync(mysql, cancel),
        SqliteUrl sqlite => SqliteSchema.PrepareAsync(sqlite, cancel),
        _ => throw new ArgumentException($"No schema is known for a storage of type {url.GetType().Name}.", nameof(url)),
    };

    /// <summary>Says what is wrong with the tables that are there, then creates those that are not.</summary>
    internal static async Task ReconcileAsync(
        StorageUrl url,
        ISqlDialect dialect,
        Table[] wanted,
        Func<Table, Task<FoundTable?>> find,
        Func<string, Task> execute)
    {
        // All that exist are judged before the first is made: a refusal leaves the database as it was.
        var missing = new List<Table>();
        foreach (var table in wanted)
        {
            if (await find(table).ConfigureAwait(false) is { } found)
                Judge(table, found);
            else
                missing.Add(table);
        }

        foreach (var table in missing)
            await execute(dialect.Create(table)).ConfigureAwait(false);

        // What was made is judged as well: a server setting may have given it another engine or collation.
        foreach (var table in missing)
        {
            var made = await find(table).ConfigureAwait(false);
            Judge(table, made ?? new FoundTable(table.Name, [], [], "it was created and is not there"));
        }

        void Judge(Table table, FoundTable found)
        {
            if (TableCheck.FirstFault(table, found, dialect) is { } fault)
                throw new StorageRefusedException($"Table {table.Name} of {url} cannot be used: {fault}.");
        }
    }
}
