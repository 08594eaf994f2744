using System.Globalization;
using Optuna.Cluster.Protocol;

namespace Optuna.Cluster.Sharding;

/// <summary>Which actor a message is for, and in which shard it lives. The same on every node for ever: the shard count is part of the wire format.</summary>
public static class StudyShards
{
    public const string TypeName = "study";

    /// <summary>About ten for each coordinator of a large cluster.</summary>
    public const int Count = 100;

    /// <summary>The study's number as text, or null when the message is for no study.</summary>
    public static string? EntityId(object message) => message switch
    {
        StudyRequest r => r.Study.ToString(),
        WorkerHeartbeat h => h.Study.ToString(),
        WatchStudy w => w.Study.ToString(),
        _ => null,
    };

    /// <summary>Neighbouring numbers lie in different shards.</summary>
    public static string ShardId(string entityId) =>
        (int.Parse(entityId, CultureInfo.InvariantCulture) % Count).ToString(CultureInfo.InvariantCulture);
}

/// <summary>The catalogue is one actor that lives wherever the cluster puts it.</summary>
public static class CatalogShards
{
    public const string TypeName = "catalog";

    public const string Entity = "catalog";

    public static string? EntityId(object message) => message is CatalogRequest ? Entity : null;
}
