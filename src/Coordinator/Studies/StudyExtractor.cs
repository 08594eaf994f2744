using Akka.Cluster.Sharding;
using Optuna.Cluster.Sharding;

namespace Optuna.Coordinator.Studies;

/// <summary><see cref="StudyShards"/> in the words of Akka.Cluster.Sharding.</summary>
internal sealed class StudyExtractor : IMessageExtractor
{
    public string? EntityId(object message) => StudyShards.EntityId(message);

    public object EntityMessage(object message) => message;

    public string? ShardId(object message) => EntityId(message) is { } id ? StudyShards.ShardId(id) : null;

    public string ShardId(string entityId, object? messageHint = null) => StudyShards.ShardId(entityId);
}
