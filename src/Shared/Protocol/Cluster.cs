using System.Collections.Immutable;
using Optuna.Studies;

namespace Optuna.Cluster.Protocol;

/// <summary>Which coordinators there are: answered by the session itself, with <see cref="ClusterReplies.Nodes"/>.</summary>
public sealed record ClusterRequest(long Id) : IWireMessage;

public static class ClusterReplies
{
    /// <summary>The cluster as one of its coordinators sees it.</summary>
    /// <param name="Self">HOST:PORT of the one that answers.</param>
    /// <param name="Leader">HOST:PORT of the one that lets others in and out; null when there is none.</param>
    public sealed record Nodes(string Self, string? Leader, ImmutableArray<ClusterNode> Members) : IStudyReply;
}

/// <summary>One coordinator.</summary>
/// <param name="Address">HOST:PORT.</param>
/// <param name="Status"><c>up</c>, <c>joining</c>, <c>leaving</c>, <c>unreachable</c> and the like.</param>
/// <param name="Drained">It hosts no studies because an operator said so.</param>
/// <param name="Studies">How many are awake there; null when it did not say in time.</param>
public sealed record ClusterNode(string Address, string Status, ImmutableArray<string> Roles, bool Drained, int? Studies);
