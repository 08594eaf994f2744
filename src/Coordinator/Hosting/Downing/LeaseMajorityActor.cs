using Akka.Actor;
using Akka.Cluster;
using Akka.Event;

namespace Optuna.Coordinator.Hosting.Downing;

/// <summary>Gives up members this node has not heard for <c>stable-after</c>, if the database lets it; otherwise this node ends.</summary>
/// <remarks>
/// Akka's own <c>lease-majority</c> lets one leader per side decide. When only the link between two nodes breaks, each is
/// leader in its own eyes; one gets the lease, and the other then ends every node it reaches, also those both reach. Here
/// every node decides for itself only: whoever is refused ends itself and nobody else.
/// </remarks>
internal sealed class LeaseMajorityActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<UniqueAddress, long> _silentSince = [];
    private readonly Akka.Cluster.Cluster _cluster;
    private readonly TimeProvider _clock;
    private bool _deciding;

    public LeaseMajorityActor(Akka.Cluster.Cluster cluster, MySqlLease lease, TimeSpan stableAfter, TimeProvider clock)
    {
        (_cluster, _clock) = (cluster, clock);

        Receive<Look>(_ => OnLook(lease, stableAfter));
        Receive<Decided>(d => OnDecided(d.MayGoOn, lease));
        Receive<Status.Failure>(f =>
        {
            _log.Error(f.Cause, "Who goes on could not be decided; trying again");
            _deciding = false;
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Timers.StartPeriodicTimer("look", Look.Instance, Every);

    private void OnLook(MySqlLease lease, TimeSpan stableAfter)
    {
        if (_deciding || _cluster.SelfMember.Status is not (MemberStatus.WeaklyUp or MemberStatus.Up or MemberStatus.Leaving))
            return;
        var now = _clock.GetTimestamp();
        var lost = Peers.SeenBy(_cluster).Lost;
        foreach (var back in _silentSince.Keys.Except(lost.Select(m => m.UniqueAddress)).ToList())
            _silentSince.Remove(back);
        foreach (var member in lost)
        {
            if (_silentSince.TryAdd(member.UniqueAddress, now))
                _log.Warning("Coordinator {0} is not heard any more", member.Address);
        }

        if (!_silentSince.Values.Any(since => _clock.GetElapsedTime(since, now) >= stableAfter))
            return;
        _deciding = true;
        lease.Acquire().PipeTo(Self, success: mayGoOn => new Decided(mayGoOn));
    }

    private void OnDecided(bool mayGoOn, MySqlLease lease)
    {
        _deciding = false;
        _silentSince.Clear();
        if (!mayGoOn)
        {
            _log.Error("The other coordinators go on without this one; it ends");
            _cluster.Down(_cluster.SelfAddress);
            return;
        }

        foreach (var member in lease.Outlived)
        {
            // A next life at the address is somebody else.
            if (!_cluster.State.Members.Any(m => m.UniqueAddress.Equals(member.UniqueAddress)))
                continue;
            _log.Warning("Going on without the coordinator {0}", member.Address);
            _cluster.Down(member.Address);
        }
    }

    private sealed record Look : INoSerializationVerificationNeeded
    {
        public static readonly Look Instance = new();
    }

    private sealed record Decided(bool MayGoOn) : INoSerializationVerificationNeeded;
}
