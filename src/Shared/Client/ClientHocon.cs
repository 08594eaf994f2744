using Akka.Configuration;
using Optuna.Cluster.Serialization;

namespace Optuna.Cluster.Client;

/// <summary>Settings of a client's own actor system: remoting that only ever connects outwards.</summary>
internal static class ClientHocon
{
    public static Config For(OptunaClientOptions options) => ConfigurationFactory.ParseString($$"""
        akka {
          loglevel = WARNING
          loggers = ["{{typeof(OptunaLogLogger).AssemblyQualifiedName}}"]
          stdout-logger-class = "{{typeof(OptunaLogLogger).AssemblyQualifiedName}}"
          stdout-loglevel = WARNING
          log-dead-letters = off
          actor.provider = remote
          coordinated-shutdown.run-by-clr-shutdown-hook = off
          remote {
            log-remote-lifecycle-events = off
            retry-gate-closed-for = 500ms
            dot-netty.tcp {
              hostname = "{{options.Hostname}}"
              port = 0
              maximum-frame-size = 8MiB
              send-buffer-size = 8MiB
              receive-buffer-size = 8MiB
            }
          }
        }
        """).WithFallback(SerializationHocon.Config);
}
