using Akka.Actor;
using Akka.Cluster;
using Akka.Coordination;
using Akka.Event;
using MySqlConnector;
using Optuna.Coordinator.Storage;

namespace Optuna.Coordinator.Hosting.Downing;

/// <summary>
/// The right to go on without the members that are not heard, as an Akka lease: HOCON path
/// <c>akka.coordination.lease-mysql</c>. Who acquires it has marked them in the database, see <see cref="ClusterVerdict"/>.
/// </summary>
/// <remarks>
/// Unlike a lease with a term it needs no renewal and cannot run out while its holder is frozen, and the next decision may be
/// any other member's. Releasing it gives nothing back: a mark is for good.
/// </remarks>
public sealed class MySqlLease : Lease
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(200);

    private readonly Akka.Cluster.Cluster _cluster;
    private readonly ClusterVerdict _verdict;
    private readonly ILoggingAdapter _log;
    private volatile IReadOnlyList<Member> _outlived = [];

    public MySqlLease(LeaseSettings settings, ExtendedActorSystem system)
        : base(settings)
    {
        _cluster = Akka.Cluster.Cluster.Get(system);
        _verdict = new ClusterVerdict(settings.LeaseConfig.GetString("connection-string"), system.Name);
        _log = Logging.GetLogger(system, this);
    }

    /// <summary>Whom the latest acquisition was about; none if all were heard again before it was decided.</summary>
    public IReadOnlyList<Member> Outlived => _outlived;

    /// <returns>False: this node, and with it its side, must end.</returns>
    public override async Task<bool> Acquire()
    {
        _outlived = [];
        using var patience = new CancellationTokenSource(Settings.TimeoutSettings.OperationTimeout);
        while (true)
        {
            var peers = Peers.SeenBy(_cluster);
            if (peers.Lost.Count == 0)
                return true;
            try
            {
                var verdict = await _verdict.TryAsync(
                    Peers.Of(_cluster.SelfUniqueAddress), Named(peers.Heard), Named(peers.Lost), patience.Token).ConfigureAwait(false);
                if (verdict == Verdict.GoOn)
                    _outlived = peers.Lost;
                if (verdict != Verdict.Wait)
                    return verdict == Verdict.GoOn;
            }
            catch (MySqlException e)
            {
                // Away, or two have marked each other at once: this one asks again.
                _log.Info("Who goes on could not be asked of the database: {0}", e.Message);
            }
            catch (OperationCanceledException)
            {
            }

            try
            {
                await Task.Delay(Step, patience.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }

    public override Task<bool> Acquire(Action<Exception> leaseLostCallback) => Acquire();

    public override Task<bool> Release() => Task.FromResult(true);

    /// <summary>Never held for the next decision: that is about others.</summary>
    public override bool CheckLease() => false;

    private static IReadOnlyCollection<ClusterPeer> Named(IEnumerable<Member> members) => [.. members.Select(m => Peers.Of(m.UniqueAddress))];
}
