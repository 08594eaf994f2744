using Akka.Cluster.Sharding;
using Optuna.Cluster.Sharding;

namespace Optuna.Coordinator.Catalog;

/// <summary><see cref="CatalogShards"/> in the words of Akka.Cluster.Sharding.</summary>
internal sealed class CatalogExtractor : IMessageExtractor
{
    public string? EntityId(object message) => CatalogShards.EntityId(message);

    public object EntityMessage(object message) => message;

    public string? ShardId(object message) => EntityId(message);

    public string ShardId(string entityId, object? messageHint = null) => entityId;
}
