using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using MySqlConnector;
using Optuna.Coordinator.Storage;

namespace Optuna.Cli.Transfer.Rdb;

/// <summary>One connection to a database that holds, or shall hold, Optuna's tables.</summary>
internal sealed class RdbConnection : IAsyncDisposable
{
    // Whole tables are read and written; a server may take its time.
    private const int TimeoutInSeconds = 600;

    private readonly DbConnection _connection;

    private RdbConnection(DbConnection connection, StorageUrl url) => (_connection, Url) = (connection, url);

    public StorageUrl Url { get; }

    public bool IsMySql => _connection is MySqlConnection;

    /// <exception cref="TransferRefusedException">The database cannot be reached or used.</exception>
    public static async Task<RdbConnection> OpenAsync(string option, StorageUrl url, bool forWriting, CancellationToken cancel)
    {
        var connection = Connection(option, url, forWriting);
        try
        {
            await connection.OpenAsync(cancel).ConfigureAwait(false);
            var opened = new RdbConnection(connection, url);
            // SQLite looks at the file no earlier than this.
            _ = await opened.TablesAsync(cancel).ConfigureAwait(false);
            return opened;
        }
        catch (DbException e)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw new TransferRefusedException($"{option}: {RdbTrouble.Sentence(url, e)}", e);
        }
    }

    public async Task<HashSet<string>> TablesAsync(CancellationToken cancel)
    {
        var names = new HashSet<string>();
        await foreach (var row in QueryAsync(IsMySql
            ? "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
            : "SELECT name FROM sqlite_master WHERE type = 'table'", [], cancel).ConfigureAwait(false))
        {
            names.Add(row.GetString(0));
        }

        return names;
    }

    /// <summary>From here on every reading sees the same database, whatever others write.</summary>
    public async Task BeginReadingAsync(CancellationToken cancel)
    {
        if (IsMySql)
            await ExecuteAsync("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ", [], cancel).ConfigureAwait(false);
        await ExecuteAsync(IsMySql ? "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY" : "BEGIN", [], cancel).ConfigureAwait(false);
    }

    public Task BeginWritingAsync(CancellationToken cancel) => ExecuteAsync(IsMySql ? "START TRANSACTION" : "BEGIN IMMEDIATE", [], cancel);

    public Task CommitAsync(CancellationToken cancel) => ExecuteAsync("COMMIT", [], cancel);

    /// <param name="values">Of @p0, @p1, … in this order.</param>
    public async IAsyncEnumerable<DbDataReader> QueryAsync(
        string sql, object?[] values, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancel).ConfigureAwait(false);
        while (await reader.ReadAsync(cancel).ConfigureAwait(false))
            yield return reader;
    }

    /// <inheritdoc cref="QueryAsync"/>
    public async Task ExecuteAsync(string sql, IReadOnlyList<object?> values, CancellationToken cancel)
    {
        await using var command = Command(sql, values);
        await command.ExecuteNonQueryAsync(cancel).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private DbCommand Command(string sql, IReadOnlyList<object?> values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = TimeoutInSeconds;
        for (var i = 0; i < values.Count; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@p" + i.ToString(CultureInfo.InvariantCulture);
            parameter.Value = values[i] ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static DbConnection Connection(string option, StorageUrl url, bool forWriting)
    {
        switch (url)
        {
            case MySqlUrl mysql:
                return new MySqlConnection(mysql.ConnectionStringWith(b => b.Pooling = false));
            case SqliteUrl sqlite when forWriting || File.Exists(sqlite.File):
                if (forWriting && Path.GetDirectoryName(sqlite.File) is { } folder && !Directory.Exists(folder))
                    throw new TransferRefusedException($"{option}: the folder {folder} does not exist.");
                return new SqliteConnection(new SqliteConnectionStringBuilder
                {
                    DataSource = sqlite.File,
                    Mode = forWriting ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadOnly,
                    Pooling = false,
                }.ConnectionString);
            default:
                throw new TransferRefusedException($"{option}: there is no file {((SqliteUrl)url).Path}.");
        }
    }
}
