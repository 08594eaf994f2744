using Akka.Actor;
using Akka.Cluster;

namespace Optuna.Coordinator.Pbm;

/// <summary>Members and what happens to them, as Petabridge.Cmd's users read them: columns between bars.</summary>
internal static class MemberText
{
    /// <summary><c>ADDRESS | [roles] | status | unreachable or nothing | version</c>.</summary>
    public static string Of(Member member, bool unreachable) =>
        $"{member.Address} | [{string.Join(", ", member.Roles)}] | {Status(member.Status)} | {(unreachable ? "unreachable" : "")} | {member.AppVersion}";

    public static string Status(MemberStatus status) => status.ToString().ToLowerInvariant();

    /// <summary>What happened, and to whom; null for what concerns the cluster's own housekeeping.</summary>
    public static (string What, Address? Address)? Of(ClusterEvent.IClusterDomainEvent e) => e switch
    {
        ClusterEvent.MemberStatusChange m => (Status(m.Member.Status), m.Member.Address),
        ClusterEvent.UnreachableMember u => ("unreachable", u.Member.Address),
        ClusterEvent.ReachableMember r => ("reachable", r.Member.Address),
        ClusterEvent.LeaderChanged l => ("leader", l.Leader),
        _ => null,
    };
}
