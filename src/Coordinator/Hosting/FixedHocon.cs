using Akka.Configuration;

namespace Optuna.Coordinator.Hosting;

/// <summary>Settings that are not an operator's to turn: the promises rest on them.</summary>
internal static class FixedHocon
{
    public static Config Value { get; } = ConfigurationFactory.ParseString("""
        akka {
          actor.provider = cluster
          # Standard output is the program's: everything goes through the host's logging.
          stdout-logger-class = "Optuna.Cluster.Client.OptunaLogLogger, Optuna.Cluster"
          stdout-loglevel = WARNING
          # It would show the password of the database.
          log-config-on-start = off
          # Whoever started the node ends it, in order; the runtime's own hook would come first and tear it down.
          coordinated-shutdown.run-by-clr-shutdown-hook = off
          cluster {
            roles = [coordinator]
            downing-provider-class = "Optuna.Coordinator.Hosting.Downing.CoordinatorDowningProvider, optuna-coordinator"
            # Who is heard is judged by everybody for himself, not by hearsay.
            failure-detector.monitored-by-nr-of-members = 1000
            # Who may found a cluster is decided by the database or by --seed, never by a list.
            seed-nodes = []
            run-coordinated-shutdown-when-down = on
            sharding {
              state-store-mode = ddata
              remember-entities = off
              # The study decides when it may sleep: not while a worker holds one of its trials.
              passivate-idle-entity-after = off
            }
            # Shards are found anew after a restart: nothing of this needs a disk.
            distributed-data.durable.keys = []
          }
        }
        """);
}
