using System.CommandLine;
using Optuna.Cli.Output;
using Optuna.Cluster.Protocol;

namespace Optuna.Cli.Commands;

/// <summary><c>cluster</c>: the coordinators, as one of them sees them. Optuna has no such verb.</summary>
internal sealed class ClusterCommand : Command
{
    private static readonly Column Address = new("address"), Status = new("status"), Roles = new("roles"), Leader = new("leader"),
        Drained = new("drained"), Studies = new("studies");

    private readonly Option<OutputFormat> _format = CommonOptions.Format(OutputFormat.Table);

    public ClusterCommand(CommonOptions common)
        : base("cluster", "Show the coordinators: which are up, which leads, which are drained, and how many studies are awake on each.")
    {
        Add(_format);
        SetAction((parsed, cancel) => common.RunAsync(parsed, mayCreate: false, async (storage, c) =>
            parsed.GetValue(_format).Write(Of(await storage.Client.GetClusterAsync(c).ConfigureAwait(false)), flatten: false), cancel));
    }

    private static Records Of(ClusterReplies.Nodes nodes) => new([Address, Status, Roles, Leader, Drained, Studies],
    [
        .. nodes.Members.Select(node => new Dictionary<Column, object?>
        {
            [Address] = node.Address,
            [Status] = node.Status,
            [Roles] = node.Roles.Select(r => (object?)r).ToList(),
            [Leader] = node.Address == nodes.Leader,
            [Drained] = node.Drained,
            [Studies] = (long?)node.Studies,
        }),
    ]);
}
