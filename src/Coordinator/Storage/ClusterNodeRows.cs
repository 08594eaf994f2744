using MySqlConnector;

namespace Optuna.Coordinator.Storage;

/// <param name="IsFresh">Its heartbeat is young enough, and the others have not gone on without it.</param>
/// <param name="IsDowned">The others have gone on without this life of the node.</param>
/// <param name="Heartbeat">By the database's clock; only ever compared with another reading of the same row.</param>
internal sealed record ClusterNodeRow(string Address, string Incarnation, bool IsFresh, bool IsDowned, DateTime Heartbeat);

internal static class ClusterNodeRows
{
    public static async Task<IReadOnlyList<ClusterNodeRow>> ReadAsync(
        MySqlConnection connection, string cluster, TimeSpan freshness, CancellationToken cancel)
    {
        await using var command = new MySqlCommand(
            """
            SELECT address, incarnation, downed IS NULL AND heartbeat >= UTC_TIMESTAMP(3) - INTERVAL @microseconds MICROSECOND, downed IS NOT NULL, heartbeat
            FROM optuna_cluster_node WHERE cluster = @cluster ORDER BY address
            """,
            connection);
        command.Parameters.AddWithValue("@cluster", cluster);
        command.Parameters.AddWithValue("@microseconds", (long)freshness.TotalMicroseconds);

        var rows = new List<ClusterNodeRow>();
        await using var reader = await command.ExecuteReaderAsync(cancel).ConfigureAwait(false);
        while (await reader.ReadAsync(cancel).ConfigureAwait(false))
            rows.Add(new ClusterNodeRow(reader.GetString(0), reader.GetString(1), reader.GetInt64(2) != 0, reader.GetInt64(3) != 0, reader.GetDateTime(4)));
        return rows;
    }

    /// <summary>Takes out the row of an address, whichever life's it is.</summary>
    public static Task DeleteAsync(MySqlConnection connection, string cluster, string address, CancellationToken cancel) => ExecuteAsync(
        connection, "DELETE FROM optuna_cluster_node WHERE cluster = @cluster AND address = @address", cluster, address, cancel);

    /// <summary>Goes on without every node but the one at the address.</summary>
    public static Task DownOthersAsync(MySqlConnection connection, string cluster, string address, CancellationToken cancel) => ExecuteAsync(
        connection,
        "UPDATE optuna_cluster_node SET downed = UTC_TIMESTAMP(3) WHERE cluster = @cluster AND address <> @address AND downed IS NULL",
        cluster, address, cancel);

    private static async Task ExecuteAsync(MySqlConnection connection, string sql, string cluster, string address, CancellationToken cancel)
    {
        await using var command = new MySqlCommand(sql, connection);
        command.Parameters.AddWithValue("@cluster", cluster);
        command.Parameters.AddWithValue("@address", address);
        await command.ExecuteNonQueryAsync(cancel).ConfigureAwait(false);
    }
}
