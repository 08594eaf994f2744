namespace Optuna.Cluster.Protocol;

/// <summary>Names every node agrees on.</summary>
public static class OptunaSystem
{
    /// <summary>Name of a coordinator's actor system: part of its address.</summary>
    public const string Name = "optuna";

    /// <summary>Cluster role of the nodes that host studies.</summary>
    public const string CoordinatorRole = "coordinator";

    /// <summary>Where clients say hello.</summary>
    public const string GatewayName = "gateway";

    public const int DefaultPort = 4053;

    /// <summary>What the Akka addresses of nodes begin with; those with TLS and those without it cannot talk to each other.</summary>
    public static string AkkaProtocol(bool tls) => tls ? "akka.ssl.tcp" : "akka.tcp";

    /// <summary>Journal id of a study.</summary>
    public static string PersistenceId(Studies.StudyId study) => $"study-{study}";

    public const string CatalogPersistenceId = "catalog";
}
