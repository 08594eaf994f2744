using System.Data.Common;
using Microsoft.Data.Sqlite;
using MySqlConnector;
using Optuna.Cluster.Serialization;
using Optuna.Coordinator.Storage;

namespace Optuna.Chaos.Checking;

/// <summary>The journal as it lies in the database, without any coordinator in between.</summary>
internal static class JournalReader
{
    public static async Task<List<JournalRow>> ReadAsync(StorageUrl storage, CancellationToken cancel)
    {
        await using DbConnection connection = storage is SqliteUrl
            ? new SqliteConnection(storage.ConnectionString)
            : new MySqlConnection(storage.ConnectionString);
        await connection.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT persistence_id, sequence_number, manifest, message FROM {StorageTables.JournalName} ORDER BY persistence_id, sequence_number";
        command.CommandTimeout = 300;
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<JournalRow>();
        while (await reader.ReadAsync(cancel))
        {
            var message = SerializerTable.Of(reader.GetString(2)).Read((byte[])reader.GetValue(3));
            rows.Add(new JournalRow(reader.GetString(0), reader.GetInt64(1), message));
        }

        return rows;
    }
}
