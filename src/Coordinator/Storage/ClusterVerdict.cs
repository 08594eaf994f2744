using MySqlConnector;

namespace Optuna.Coordinator.Storage;

/// <summary>
/// Decides, through the database all coordinators share, who goes on when some of them do not hear each other. A node
/// goes on only after it has marked those it does not hear as downed; a marked node can mark nobody.
/// </summary>
/// <remarks>
/// <para>So of two nodes that do not hear each other at most one goes on, whatever each of them believes of the cluster, and
/// however long one was frozen: a mark stays as long as the row. It names one life of a node (its Akka uid), so the next
/// life at the address is free to join.</para>
/// <para>The heartbeats in the directory tell a crash from a broken link, which failure detection cannot. Who is dead has no
/// vote: the survivor of two goes on whichever of them it is. Between living nodes the larger side goes on, of equal ones
/// that with the lowest address, so that one sick node cannot turn out the healthy.</para>
/// </remarks>
/// <param name="cluster">As in <see cref="ClusterDirectory"/>.</param>
public sealed class ClusterVerdict(string connectionString, string cluster)
{
    /// <summary>An older heartbeat is a dead node's: they come every second.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(3);

    /// <param name="self">This node.</param>
    /// <param name="heard">Members this node hears, without itself.</param>
    /// <param name="lost">Members it has not heard for too long; at least one.</param>
    /// <exception cref="MySqlException">The database cannot be asked. Nothing is decided.</exception>
    public async Task<Verdict> TryAsync(
        ClusterPeer self, IReadOnlyCollection<ClusterPeer> heard, IReadOnlyCollection<ClusterPeer> lost, CancellationToken cancel = default)
    {
        await using var connection = new MySqlConnection(connectionString);
        await connection.OpenAsync(cancel).ConfigureAwait(false);
        await EnterAsync(connection, self, "UTC_TIMESTAMP(3)", cancel).ConfigureAwait(false);

        // What counts is what is read after the marks were set, so that it does not matter who set them.
        for (var marked = false; ; marked = true)
        {
            var rows = (await ClusterNodeRows.ReadAsync(connection, cluster, Freshness, cancel).ConfigureAwait(false)).ToDictionary(r => r.Address);
            if (!rows.TryGetValue(self.Address, out var own) || own.Incarnation != self.Incarnation || own.IsDowned)
                return Verdict.End;
            // A row of another life: that life is not in question here, and the one that is cannot come back.
            var open = lost.Where(p => !rows.TryGetValue(p.Address, out var row) || (row.Incarnation == p.Incarnation && !row.IsDowned)).ToList();
            if (open.Count == 0)
                return Verdict.GoOn;
            if (marked || !IsOurs(self, heard, [.. open.Where(p => rows.TryGetValue(p.Address, out var row) && row.IsFresh)]))
                return Verdict.Wait;

            foreach (var peer in open)
                await MarkAsync(connection, self, peer, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>An operator has decided: marks one member, whether it is heard or not.</summary>
    /// <returns>False: this node is marked itself, and has no say any more.</returns>
    /// <exception cref="MySqlException">The database cannot be asked. Nothing is decided.</exception>
    public async Task<bool> TryMarkAsync(ClusterPeer self, ClusterPeer peer, CancellationToken cancel = default)
    {
        await using var connection = new MySqlConnection(connectionString);
        await connection.OpenAsync(cancel).ConfigureAwait(false);
        await EnterAsync(connection, self, "UTC_TIMESTAMP(3)", cancel).ConfigureAwait(false);
        await MarkAsync(connection, self, peer, cancel).ConfigureAwait(false);
        var row = (await ClusterNodeRows.ReadAsync(connection, cluster, Freshness, cancel).ConfigureAwait(false)).FirstOrDefault(r => r.Address == peer.Address);
        return row is null || row.Incarnation != peer.Incarnation || row.IsDowned;
    }

    private static bool IsOurs(ClusterPeer self, IReadOnlyCollection<ClusterPeer> heard, IReadOnlyCollection<ClusterPeer> living)
    {
        var mine = heard.Append(self).Select(p => p.Address).ToList();
        if (mine.Count != living.Count)
            return mine.Count > living.Count;
        return string.CompareOrdinal(mine.Min(StringComparer.Ordinal), living.Select(p => p.Address).Min(StringComparer.Ordinal)) < 0;
    }

    // One statement that locks both rows: neither can be marked by the other meanwhile, and a process that freezes here
    // leaves no lock behind. Two that mark each other at once: the database lets one of them pass.
    private async Task MarkAsync(MySqlConnection connection, ClusterPeer self, ClusterPeer peer, CancellationToken cancel)
    {
        await EnterAsync(connection, peer, "'2000-01-01'", cancel).ConfigureAwait(false);
        await using var command = new MySqlCommand(
            """
            UPDATE optuna_cluster_node AS me JOIN optuna_cluster_node AS them ON them.cluster = me.cluster
            SET me.heartbeat = UTC_TIMESTAMP(3), them.downed = UTC_TIMESTAMP(3)
            WHERE me.cluster = @cluster AND me.address = @self AND me.incarnation = @selfIncarnation AND me.downed IS NULL
              AND them.address = @peer AND them.incarnation = @peerIncarnation AND them.downed IS NULL
            """,
            connection);
        command.Parameters.AddWithValue("@cluster", cluster);
        command.Parameters.AddWithValue("@self", self.Address);
        command.Parameters.AddWithValue("@selfIncarnation", self.Incarnation);
        command.Parameters.AddWithValue("@peer", peer.Address);
        command.Parameters.AddWithValue("@peerIncarnation", peer.Incarnation);
        await command.ExecuteNonQueryAsync(cancel).ConfigureAwait(false);
    }

    // A node that became a member a moment ago has no row yet; nor has one that died before it was up.
    private async Task EnterAsync(MySqlConnection connection, ClusterPeer peer, string heartbeat, CancellationToken cancel)
    {
        await using var command = new MySqlCommand(
            $"INSERT IGNORE INTO optuna_cluster_node (cluster, address, incarnation, heartbeat) VALUES (@cluster, @peer, @incarnation, {heartbeat})",
            connection);
        command.Parameters.AddWithValue("@cluster", cluster);
        command.Parameters.AddWithValue("@peer", peer.Address);
        command.Parameters.AddWithValue("@incarnation", peer.Incarnation);
        await command.ExecuteNonQueryAsync(cancel).ConfigureAwait(false);
    }
}
