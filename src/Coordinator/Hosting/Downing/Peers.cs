using System.Globalization;
using Akka.Cluster;
using Optuna.Coordinator.Storage;

namespace Optuna.Coordinator.Hosting.Downing;

/// <summary>The other members, as this node's own failure detector sees them.</summary>
/// <remarks>
/// Not as gossip has it: there a broken link between two nodes makes a third one believe that both are gone. Everybody
/// listens to everybody (fixed in the configuration), so everybody can judge for himself.
/// </remarks>
internal sealed record Peers(IReadOnlyList<Member> Heard, IReadOnlyList<Member> Lost)
{
    public static Peers SeenBy(Akka.Cluster.Cluster cluster)
    {
        var self = cluster.SelfUniqueAddress;
        var detector = cluster.FailureDetector;
        var others = cluster.State.Members
            .Where(m => m.Status is MemberStatus.Joining or MemberStatus.WeaklyUp or MemberStatus.Up or MemberStatus.Leaving && !m.UniqueAddress.Equals(self))
            .ToLookup(m => detector.IsMonitoring(m.Address) && !detector.IsAvailable(m.Address));
        return new Peers([.. others[false]], [.. others[true]]);
    }

    /// <summary>Akka's own number for a life of a node is what the directory tells lives apart by.</summary>
    public static ClusterPeer Of(UniqueAddress node) => new(node.Address.ToString(), node.Uid.ToString(CultureInfo.InvariantCulture));
}
