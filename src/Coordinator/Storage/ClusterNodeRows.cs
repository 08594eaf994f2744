using MySqlConnector;

namespace Optuna.Coordinator.Storage;

/// <param name="Heartbeat">By the database's clock; only ever compared with another reading of the same row.</param>
internal sealed record ClusterNodeRow(string Address, bool IsFresh, DateTime Heartbeat);

internal static class ClusterNodeRows
{
    public static async Task<IReadOnlyList<ClusterNodeRow>> ReadAsync(
        MySqlConnection connection, string cluster, TimeSpan freshness, CancellationToken cancel)
    {
        await using var command = new MySqlCommand(
            """
            SELECT address, heartbeat >= UTC_TIMESTAMP(3) - INTERVAL @microseconds MICROSECOND, heartbeat
            FROM optuna_cluster_node WHERE cluster = @cluster ORDER BY address
            """,
            connection);
        command.Parameters.AddWithValue("@cluster", cluster);
        command.Parameters.AddWithValue("@microseconds", (long)freshness.TotalMicroseconds);

        var rows = new List<ClusterNodeRow>();
        await using var reader = await command.ExecuteReaderAsync(cancel).ConfigureAwait(false);
        while (await reader.ReadAsync(cancel).ConfigureAwait(false))
            rows.Add(new ClusterNodeRow(reader.GetString(0), reader.GetInt64(1) != 0, reader.GetDateTime(2)));
        return rows;
    }

    public static async Task DeleteAsync(MySqlConnection connection, string cluster, string? address, CancellationToken cancel)
    {
        await using var command = new MySqlCommand(
            "DELETE FROM optuna_cluster_node WHERE cluster = @cluster AND (@address IS NULL OR address = @address)", connection);
        command.Parameters.AddWithValue("@cluster", cluster);
        command.Parameters.AddWithValue("@address", address);
        await command.ExecuteNonQueryAsync(cancel).ConfigureAwait(false);
    }
}
