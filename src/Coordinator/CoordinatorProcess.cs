using Microsoft.Extensions.Logging;
using Optuna.CommandLine;
using Optuna.Coordinator.Hosting;
using Optuna.Coordinator.Storage;

namespace Optuna.Coordinator;

/// <summary>The process around one coordinator: starts it, says where it is, and ends with it.</summary>
internal static class CoordinatorProcess
{
    /// <summary>The cluster put this node out, or its actor system ended by itself: a supervisor should start it again.</summary>
    private const int EndedByItself = 3;

    /// <returns>Exit code: 0 after SIGTERM or SIGINT.</returns>
    public static async Task<int> RunAsync(CoordinatorOptions options, ProgramLog log, CancellationToken stop)
    {
        log.Listen();
        await using var node = await CoordinatorNode.StartAsync(options, log.Configure, stop).ConfigureAwait(false);
        var doors = $"{Door("pbm", node.PbmAddress)}{Door("HTTP", node.HttpAddress)}{Door("gRPC", node.GrpcAddress)}";
        var storage = StorageUrl.Parse(options.Storage);
        log.Result(
            $"optuna-coordinator listens at {node.Url} on {storage}{doors}",
            ("url", node.Url), ("storage", storage), ("pbm", node.PbmAddress), ("http", node.HttpAddress), ("grpc", node.GrpcAddress));
        var stopped = Task.Delay(Timeout.Infinite, stop);
        var first = await Task.WhenAny(stopped, node.WhenTerminated, node.Lost).ConfigureAwait(false);
        if (first == stopped)
            return 0;
        if (first == node.WhenTerminated && node.HasLeft)
        {
            log.Result("optuna-coordinator has left the cluster, as it was told");
            return 0;
        }

        log.Line(LogLevel.Error, node.Lost.IsCompletedSuccessfully
            ? Reason(await node.Lost.ConfigureAwait(false), node.Url)
            : "the actor system has ended; see the log for the reason.");
        return EndedByItself;
    }

    private static string Door(string name, string? address) => address is null ? "" : $", {name} at {address}";

    private static string Reason(ClusterStanding standing, string url) => standing == ClusterStanding.Displaced
        ? $"another coordinator was started with the address {url}; this one ends."
        : $"the other coordinators have gone on without {url}; this one ends.";
}
