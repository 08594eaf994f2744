using MySqlConnector;

namespace Optuna.Coordinator.Storage;

/// <summary>
/// The coordinators of one cluster that live, as they say themselves in the database they share, and who may found the
/// cluster when none does.
/// </summary>
/// <remarks>
/// A list of seed addresses in the configuration would let its first node, once restarted, found a second cluster while
/// the others live on, and both would write the same studies. Only the database's clock is compared; those of the nodes
/// may differ.
/// </remarks>
public sealed class ClusterDirectory
{
    private readonly MySqlUrl _url;

    /// <param name="cluster">Clusters in one database are told apart by this; at most 100 characters.</param>
    /// <param name="address">This node's Akka address, as <c>akka.tcp://optuna@10.0.0.1:4053</c>; at most 255 characters.</param>
    /// <param name="incarnation">See <see cref="Incarnation"/>; null: one nobody else has. At most 36 characters.</param>
    public ClusterDirectory(MySqlUrl url, string cluster, string address, string? incarnation = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(cluster);
        ArgumentException.ThrowIfNullOrWhiteSpace(address);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cluster.Length, 100, nameof(cluster));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(address.Length, 255, nameof(address));
        _url = url;
        Cluster = cluster;
        Address = address;
        Incarnation = incarnation ?? Guid.NewGuid().ToString();
    }

    public string Cluster { get; }

    public string Address { get; }

    /// <summary>Tells this life of the node from the one before it at the same address.</summary>
    public string Incarnation { get; }

    /// <summary>Enters this node as living, in place of any earlier life at its address.</summary>
    public Task RegisterAsync(CancellationToken cancel = default) => ExecuteAsync(
        """
        INSERT INTO optuna_cluster_node (cluster, address, incarnation, heartbeat)
        VALUES (@cluster, @address, @incarnation, UTC_TIMESTAMP(3))
        ON DUPLICATE KEY UPDATE downed = IF(incarnation = @incarnation, downed, NULL), incarnation = @incarnation, heartbeat = UTC_TIMESTAMP(3)
        """,
        cancel);

    /// <summary>Says that this node still lives; a row somebody removed is entered again.</summary>
    public async Task<ClusterStanding> HeartbeatAsync(CancellationToken cancel = default)
    {
        // The driver counts the rows found, not those changed, so two beats in one millisecond both count.
        var beats = await ExecuteAsync(
            """
            UPDATE optuna_cluster_node SET heartbeat = UTC_TIMESTAMP(3)
            WHERE cluster = @cluster AND address = @address AND incarnation = @incarnation AND downed IS NULL
            """,
            cancel).ConfigureAwait(false);
        if (beats > 0)
            return ClusterStanding.Living;

        var entered = await ExecuteAsync(
            """
            INSERT IGNORE INTO optuna_cluster_node (cluster, address, incarnation, heartbeat)
            VALUES (@cluster, @address, @incarnation, UTC_TIMESTAMP(3))
            """,
            cancel).ConfigureAwait(false);
        return entered > 0 ? ClusterStanding.Living : await StandingAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>Removes this life's row; a later life's stays.</summary>
    public Task UnregisterAsync(CancellationToken cancel = default) => ExecuteAsync(
        "DELETE FROM optuna_cluster_node WHERE cluster = @cluster AND address = @address AND incarnation = @incarnation",
        cancel);

    /// <summary>Addresses whose last heartbeat is no older than <paramref name="freshness"/>, this node's own among them.</summary>
    public async Task<IReadOnlyList<string>> LiveAddressesAsync(TimeSpan freshness, CancellationToken cancel = default)
    {
        await using var connection = await OpenAsync(cancel).ConfigureAwait(false);
        return [.. (await ClusterNodeRows.ReadAsync(connection, Cluster, freshness, cancel).ConfigureAwait(false))
            .Where(n => n.IsFresh)
            .Select(n => n.Address)];
    }

    /// <summary>
    /// Whom to join, or the right to found the cluster. Asked for at start, and again whenever joining has not led to
    /// membership within some seconds: the addresses may have died since.
    /// </summary>
    /// <param name="timing">How old a heartbeat may be, and how long to wait; the defaults suit a heartbeat every second.</param>
    /// <exception cref="TimeoutException">Another node has held the right for too long without showing up; ask again.</exception>
    /// <exception cref="StorageRefusedException">The database cannot be asked.</exception>
    public async Task<BootstrapTurn> TryBootstrapAsync(BootstrapTiming? timing = null, CancellationToken cancel = default)
    {
        try
        {
            return await BootstrapTurn.TakeAsync(this, _url, timing ?? new BootstrapTiming(), cancel).ConfigureAwait(false);
        }
        catch (MySqlException e)
        {
            throw MySqlTrouble.Refusal(_url, e);
        }
    }

    private async Task<ClusterStanding> StandingAsync(CancellationToken cancel)
    {
        await using var connection = await OpenAsync(cancel).ConfigureAwait(false);
        var rows = await ClusterNodeRows.ReadAsync(connection, Cluster, TimeSpan.Zero, cancel).ConfigureAwait(false);
        return rows.FirstOrDefault(r => r.Address == Address) switch
        {
            { } row when row.Incarnation != Incarnation => ClusterStanding.Displaced,
            { IsDowned: true } => ClusterStanding.Downed,
            // Taken away and entered again between two looks; the next beat tells.
            _ => ClusterStanding.Living,
        };
    }

    private async Task<MySqlConnection> OpenAsync(CancellationToken cancel)
    {
        var connection = new MySqlConnection(_url.ConnectionString);
        try
        {
            await connection.OpenAsync(cancel).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<int> ExecuteAsync(string sql, CancellationToken cancel)
    {
        await using var connection = await OpenAsync(cancel).ConfigureAwait(false);
        await using var command = new MySqlCommand(sql, connection);
        command.Parameters.AddWithValue("@cluster", Cluster);
        command.Parameters.AddWithValue("@address", Address);
        command.Parameters.AddWithValue("@incarnation", Incarnation);
        return await command.ExecuteNonQueryAsync(cancel).ConfigureAwait(false);
    }
}
