using System.CommandLine;
using Optuna.Cluster.Client;

namespace Optuna.Cli.Commands;

/// <summary><c>drain-node</c>, <c>resume-node</c>, <c>drained-nodes</c>: which coordinators host studies. Journaled before it is answered.</summary>
internal static class NodeCommands
{
    public static IEnumerable<Command> All(CommonOptions common)
    {
        yield return Create(common, "drain-node", "Let a coordinator hand its studies over and take no more, until 'resume-node'; it still serves as a door.",
            (client, node, cancel) => client.DrainNodeAsync(node, cancel));
        yield return Create(common, "resume-node", "Let a drained coordinator host studies again.",
            (client, node, cancel) => client.ResumeNodeAsync(node, cancel));
        var list = new Command("drained-nodes", "Name the coordinators that were drained, a line each.");
        list.SetAction((parsed, cancel) => common.RunAsync(parsed, mayCreate: false, async (storage, c) =>
            await storage.Client.GetDrainedNodesAsync(c).ConfigureAwait(false) is { IsEmpty: false } nodes ? string.Join('\n', nodes) : null, cancel));
        yield return list;
    }

    private static Command Create(CommonOptions common, string verb, string description, Func<OptunaClient, string, CancellationToken, Task> decide)
    {
        var node = new Option<string>("--node") { Description = "HOST:PORT of the coordinator, as it was started.", Required = true };
        var command = new Command(verb, description) { node };
        command.SetAction((parsed, cancel) => common.RunAsync(parsed, mayCreate: false, async (storage, c) =>
        {
            await decide(storage.Client, parsed.GetRequiredValue(node), c).ConfigureAwait(false);
            return null;
        }, cancel));
        return command;
    }
}
