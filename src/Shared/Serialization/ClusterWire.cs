using Optuna.Cluster.Protocol;
using W = Optuna.Cluster.Protos.Wire;

namespace Optuna.Cluster.Serialization;

/// <summary>Which coordinators there are.</summary>
internal static class ClusterWire
{
    public static W.ClusterRequest Write(ClusterRequest m) => new() { Id = m.Id };

    public static ClusterRequest Read(W.ClusterRequest w) => new(w.Id);

    public static W.Nodes Write(ClusterReplies.Nodes r)
    {
        var wire = new W.Nodes { Self = WireText.Data(r.Self, "Self") };
        if (r.Leader is { } leader)
            wire.Leader = WireText.Data(leader, "Leader");
        foreach (var member in r.Members.OrEmpty())
            wire.Members.Add(Write(WireValue.Required(member, "Members")));
        return wire;
    }

    public static ClusterReplies.Nodes Read(W.Nodes w) => new(w.Self, w.HasLeader ? w.Leader : null, [.. w.Members.Select(Read)]);

    private static W.Node Write(ClusterNode n)
    {
        var wire = new W.Node { Address = WireText.Data(n.Address, "Address"), Status = WireText.Data(n.Status, "Status"), Drained = n.Drained };
        WireValue.Write(n.Roles, wire.Roles, "Roles");
        if (n.Studies is { } studies)
            wire.Studies = studies;
        return wire;
    }

    private static ClusterNode Read(W.Node w) => new(w.Address, w.Status, WireValue.Read(w.Roles), w.Drained, w.HasStudies ? w.Studies : null);
}
