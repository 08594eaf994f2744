using MySqlConnector;

namespace Optuna.Coordinator.Storage;

/// <summary>
/// The answer to a starting node. Either <see cref="Seeds"/> are living coordinators to join, or there are none and this
/// node may found the cluster by joining itself.
/// </summary>
/// <remarks>
/// A founder keeps this until it is Up and then disposes of it: until then no other node gets an answer. Its row stands in
/// the directory from the moment of the grant, so that even if the lock is lost (it goes when the database restarts) the
/// next node finds the founder and joins it instead of founding too.
/// </remarks>
public sealed class BootstrapTurn : IAsyncDisposable
{
    private static readonly TimeSpan WatchStep = TimeSpan.FromMilliseconds(250);

    private readonly MySqlConnection? _connection;
    private readonly MySqlNamedLock? _lock;

    private BootstrapTurn(IReadOnlyList<string> seeds, MySqlConnection? connection, MySqlNamedLock? @lock)
    {
        Seeds = seeds;
        _connection = connection;
        _lock = @lock;
    }

    /// <summary>Addresses of living coordinators, never this node's own; empty for the founder.</summary>
    public IReadOnlyList<string> Seeds { get; }

    public bool MayFound => Seeds.Count == 0;

    public async ValueTask DisposeAsync()
    {
        if (_lock is not null)
            await _lock.DisposeAsync().ConfigureAwait(false);
        if (_connection is not null)
            await _connection.DisposeAsync().ConfigureAwait(false);
    }

    internal static string LockPurpose(string cluster) => "bootstrap\n" + cluster;

    internal static async Task<BootstrapTurn> TakeAsync(
        ClusterDirectory self, MySqlUrl url, BootstrapTiming timing, CancellationToken cancel)
    {
        // Not from the pool: the lock must end with the connection when this process dies. Kept alive, since a founder
        // may hold it for long without saying anything.
        var connection = new MySqlConnection(url.ConnectionStringWith(c =>
        {
            c.Pooling = false;
            c.Keepalive = 15;
        }));
        BootstrapTurn? founder = null;
        MySqlNamedLock? held = null;
        try
        {
            await connection.OpenAsync(cancel).ConfigureAwait(false);
            held = await MySqlNamedLock.TryTakeAsync(connection, url, LockPurpose(self.Cluster), timing.Patience, cancel).ConfigureAwait(false);
            if (held is null)
            {
                // The founder is slow or frozen. Joining it is safe without the lock, founding is not.
                var fresh = Others(self, await ReadAsync(TimeSpan.Zero).ConfigureAwait(false));
                return fresh.Count > 0
                    ? new BootstrapTurn(fresh, null, null)
                    : throw new TimeoutException(
                        $"Another coordinator of cluster {self.Cluster} has been founding it for {timing.Patience.TotalSeconds:0} s and is not up.");
            }

            // Whoever entered this node's address before is dead, or it could not be this node's. Left in place the row
            // would make two nodes that died together each wait for the other.
            await ClusterNodeRows.DeleteAsync(connection, self.Cluster, self.Address, cancel).ConfigureAwait(false);

            var seeds = Others(self, await ReadAsync(timing.Settle).ConfigureAwait(false));
            if (seeds.Count > 0)
                return new BootstrapTurn(seeds, null, null);

            // None of the old rows' nodes lives. One that lives after all (frozen, or cut off from the database) is told with
            // its next heartbeat that the others have gone on without it, and ends: there is one cluster on one database.
            await ClusterNodeRows.DownOthersAsync(connection, self.Cluster, self.Address, cancel).ConfigureAwait(false);
            await self.RegisterAsync(cancel).ConfigureAwait(false);
            return founder = new BootstrapTurn([], connection, held);
        }
        finally
        {
            if (founder is null)
            {
                if (held is not null)
                    await held.DisposeAsync().ConfigureAwait(false);
                await connection.DisposeAsync().ConfigureAwait(false);
            }
        }

        async Task<IReadOnlyList<ClusterNodeRow>> ReadAsync(TimeSpan settle)
        {
            var rows = await ClusterNodeRows.ReadAsync(connection, self.Cluster, timing.Freshness, cancel).ConfigureAwait(false);
            var watched = settle;
            var first = rows.ToDictionary(r => r.Address, r => r.Heartbeat);
            while (watched > TimeSpan.Zero && rows.Any(r => !r.IsDowned) && Others(self, rows).Count == 0)
            {
                var step = watched < WatchStep ? watched : WatchStep;
                await Task.Delay(step, cancel).ConfigureAwait(false);
                watched -= step;
                rows = [.. (await ClusterNodeRows.ReadAsync(connection, self.Cluster, timing.Freshness, cancel).ConfigureAwait(false))
                    .Select(r => r with { IsFresh = r.IsFresh || (!r.IsDowned && first.TryGetValue(r.Address, out var then) && then != r.Heartbeat) })];
            }

            return rows;
        }
    }

    private static List<string> Others(ClusterDirectory self, IReadOnlyList<ClusterNodeRow> rows) =>
        [.. rows.Where(r => r.IsFresh && r.Address != self.Address).Select(r => r.Address)];
}
