using Akka.Actor;
using Akka.Cluster;
using Microsoft.Extensions.Logging;
using MySqlConnector;
using Optuna.Cluster.Client;
using Optuna.Cluster.Protocol;
using Optuna.Coordinator.Storage;

namespace Optuna.Coordinator.Hosting;

/// <summary>How a starting coordinator finds the others: told by hand, through the database they share, or alone on its file.</summary>
/// <remarks>A node never founds a cluster of its own accord while another could be there: two clusters on one database would fight over every study.</remarks>
internal sealed class ClusterJoining : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    // A coordinator that died a moment ago still counts as living; who cannot join by then asks the database again.
    private static readonly TimeSpan JoinPatience = TimeSpan.FromSeconds(12);

    private readonly Akka.Cluster.Cluster _cluster;
    private ClusterHeartbeat? _heartbeat;

    public ClusterJoining(ActorSystem system) => _cluster = Akka.Cluster.Cluster.Get(system);

    /// <summary>The database says that this node has no place in the cluster any more; never completes otherwise.</summary>
    public Task<ClusterStanding> Lost => _heartbeat?.Lost ?? new TaskCompletionSource<ClusterStanding>().Task;

    public async Task JoinAsync(
        StorageUrl storage, IReadOnlyList<CoordinatorAddress> seeds, ILoggerFactory logs, CancellationToken cancel)
    {
        if (seeds.Count > 0)
            await JoinAsync(seeds.Select(s => new Address(Self.Protocol, OptunaSystem.Name, s.Host, s.Port)), cancel).ConfigureAwait(false);
        else if (storage is MySqlUrl mysql)
            await JoinThroughDatabaseAsync(mysql, logs, cancel).ConfigureAwait(false);
        else
            await JoinAsync([Self], cancel).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_heartbeat is not null)
            await _heartbeat.DisposeAsync().ConfigureAwait(false);
    }

    private Address Self => _cluster.SelfAddress;

    private async Task JoinThroughDatabaseAsync(MySqlUrl mysql, ILoggerFactory logs, CancellationToken cancel)
    {
        var directory = new ClusterDirectory(mysql, OptunaSystem.Name, Self.ToString(), Downing.Peers.Of(_cluster.SelfUniqueAddress).Incarnation);
        _heartbeat = new ClusterHeartbeat(directory, Beat, TimeProvider.System, logs.CreateLogger<ClusterHeartbeat>());
        while (true)
        {
            await using var turn = await TryBootstrapAsync(directory, logs, cancel).ConfigureAwait(false);
            if (turn is null)
                continue;
            if (turn.MayFound)
            {
                await StartHeartbeatAsync(_heartbeat, cancel).ConfigureAwait(false);
                await JoinAsync([Self], cancel).ConfigureAwait(false);
                return;
            }

            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            patience.CancelAfter(JoinPatience);
            try
            {
                await JoinAsync(turn.Seeds.Select(Address.Parse), patience.Token).ConfigureAwait(false);
                await StartHeartbeatAsync(_heartbeat, cancel).ConfigureAwait(false);
                return;
            }
            catch (Exception) when (patience.IsCancellationRequested && !cancel.IsCancellationRequested)
            {
            }
            catch (ClusterJoinFailedException e)
            {
                // Put out by the others, or cut off, while it was joining: for its supervisor to start it again.
                throw new CoordinatorUnreachableException($"The cluster could not be joined: {e.Message.TrimEnd('.')}.", e);
            }
        }
    }

    // Null when the database has gone since it was prepared: it is asked again, for as long as the start may take.
    private static async Task<BootstrapTurn?> TryBootstrapAsync(ClusterDirectory directory, ILoggerFactory logs, CancellationToken cancel)
    {
        try
        {
            return await directory.TryBootstrapAsync(cancel: cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is StorageRefusedException or MySqlException or TimeoutException && !cancel.IsCancellationRequested)
        {
            logs.CreateLogger<ClusterDirectory>().LogWarning(e, "Whom to join could not be asked of the database; trying on");
            await Task.Delay(Beat, cancel).ConfigureAwait(false);
            return null;
        }
    }

    private async Task StartHeartbeatAsync(ClusterHeartbeat heartbeat, CancellationToken cancel)
    {
        await heartbeat.StartAsync(cancel).ConfigureAwait(false);
        _ = EndWhenDownedAsync(heartbeat);
    }

    // A coordinator that was frozen past its downing learns of it here first: its cluster may not have a word for it.
    private async Task EndWhenDownedAsync(ClusterHeartbeat heartbeat)
    {
        if (await heartbeat.Lost.ConfigureAwait(false) == ClusterStanding.Downed)
            _cluster.Down(Self);
    }

    private Task JoinAsync(IEnumerable<Address> seeds, CancellationToken cancel)
    {
        var nodes = seeds.ToList();
        return nodes is [var only] && only.Equals(Self) ? _cluster.JoinAsync(Self, cancel) : _cluster.JoinSeedNodesAsync(nodes, cancel);
    }
}
