using System.Data.Common;
using Microsoft.Data.Sqlite;
using MySqlConnector;

namespace Optuna.Coordinator.Storage;

/// <summary>Asks a storage for the simplest thing, over a connection of its own: the journal's may all be busy.</summary>
internal static class StorageProbe
{
    /// <exception cref="DbException">It does not answer.</exception>
    public static async Task AskAsync(StorageUrl storage)
    {
        await using DbConnection connection = storage switch
        {
            MySqlUrl mysql => new MySqlConnection(mysql.ConnectionStringWith(c =>
            {
                c.ConnectionTimeout = 2;
                c.MaximumPoolSize = 1;
                c.ApplicationName = "optuna-health";
            })),
            _ => new SqliteConnection(new SqliteConnectionStringBuilder(storage.ConnectionString) { Mode = SqliteOpenMode.ReadOnly }.ConnectionString),
        };
        await connection.OpenAsync().ConfigureAwait(false);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT 1";
        await command.ExecuteScalarAsync().ConfigureAwait(false);
    }
}
