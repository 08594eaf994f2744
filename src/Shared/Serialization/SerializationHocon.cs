using Akka.Configuration;

namespace Optuna.Cluster.Serialization;

/// <summary>What every node needs in its configuration, above Akka's own defaults.</summary>
public static class SerializationHocon
{
    /// <summary>Ours by the marker interface; everything that is neither ours nor one of Akka's own protocols is refused.</summary>
    public const string Text =
        """
        akka.actor {
          serializers {
            optuna = "Optuna.Cluster.Serialization.OptunaSerializer, Optuna.Cluster"
            json = "Optuna.Cluster.Serialization.RefusedJson, Optuna.Cluster"
            proto = "Optuna.Cluster.Serialization.RefusedProtobuf, Optuna.Cluster"
            daemon-create = "Optuna.Cluster.Serialization.RefusedRemoteDeployment, Optuna.Cluster"
          }
          serialization-bindings {
            "Optuna.Cluster.Protocol.IWireMessage, Optuna.Cluster" = optuna
          }
        }
        """;

    public static Config Config { get; } = ConfigurationFactory.ParseString(Text);
}
