using System.Net;
using Microsoft.Extensions.Logging;
using Optuna.Cluster.Security;
using Optuna.Coordinator.Gateway;

namespace Optuna.Coordinator.Hosting;

/// <summary>Says at the start what anybody on the network could walk through.</summary>
internal static class OpenDoors
{
    public static void Warn(CoordinatorOptions options, TlsIdentity? identity, WebSettings web, ILoggerFactory logs)
    {
        var log = logs.CreateLogger(typeof(OpenDoors).FullName!);
        if (identity is null && !ListenAddress.IsLoopback(options.Hostname))
            log.LogWarning("Remoting listens at {Host} without TLS: whoever reaches the port may do everything (docs/security.md).", options.Hostname);
        foreach (var (name, door) in new[] { ("gRPC", options.Grpc), ("HTTP", options.Http) })
        {
            if (door is null || IPAddress.IsLoopback(door.Address))
                continue;
            if (!web.Tokens.AreRequired)
                log.LogWarning("{Door} listens at {EndPoint} and asks nobody for a token (docs/security.md).", name, door);
            else if (web.Certificate is null)
                log.LogWarning("{Door} listens at {EndPoint} without TLS: tokens cross the network in the clear (docs/security.md).", name, door);
        }
    }
}
