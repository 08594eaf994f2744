using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Optuna.Cluster.Protocol;
using Optuna.Cluster.Sharding;
using Optuna.Coordinator.Pbm;

namespace Optuna.Coordinator.Gateway;

/// <summary>The coordinators, as this one sees them.</summary>
internal sealed record ClusterPicture(Address Self, Address? Leader, ImmutableArray<ClusterPicture.Member> Members)
{
    /// <param name="Studies">Awake ones; null when it did not say in time.</param>
    public sealed record Member(Address Address, string Status, ImmutableArray<string> Roles, bool Drained, int? Studies, int? Shards);

    /// <param name="drained">HOST:PORT of the drained ones.</param>
    /// <param name="patience">How long a member may take to say what it hosts.</param>
    public static async Task<ClusterPicture> ReadAsync(ActorSystem system, Task<ImmutableArray<string>> drained, TimeSpan patience, CancellationToken cancel)
    {
        var cluster = Akka.Cluster.Cluster.Get(system);
        var state = cluster.State;
        var stats = await StatsAsync(system, patience, cancel).ConfigureAwait(false);
        var nodes = await drained.ConfigureAwait(false);
        return new ClusterPicture(cluster.SelfAddress, state.Leader,
        [
            .. state.Members.Select(m =>
            {
                // A member that did not answer in time is shown without numbers rather than with none.
                var held = stats?.Regions.GetValueOrDefault(m.Address)?.Stats;
                return new Member(
                    m.Address, state.Unreachable.Contains(m) ? "unreachable" : MemberText.Status(m.Status), [.. m.Roles], nodes.Contains(HostAndPort(m.Address)),
                    held?.Values.Sum(), held?.Count);
            }),
        ]);
    }

    public ClusterReplies.Nodes ToReply() => new(
        HostAndPort(Self), Leader is null ? null : HostAndPort(Leader),
        [.. Members.Select(m => new ClusterNode(HostAndPort(m.Address), m.Status, m.Roles, m.Drained, m.Studies))]);

    private static string HostAndPort(Address address) => $"{address.Host}:{address.Port}";

    private static async Task<ClusterShardingStats?> StatsAsync(ActorSystem system, TimeSpan patience, CancellationToken cancel)
    {
        try
        {
            return await ClusterSharding.Get(system).ShardRegion(StudyShards.TypeName)
                .Ask<ClusterShardingStats>(new GetClusterShardingStats(patience), patience * 2, cancel).ConfigureAwait(false);
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }
}
