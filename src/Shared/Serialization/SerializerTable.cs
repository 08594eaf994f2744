using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.Serialization;
using Optuna.Cluster.Protocol;
using J = Optuna.Cluster.Protos.Journal;
using W = Optuna.Cluster.Protos.Wire;

namespace Optuna.Cluster.Serialization;

/// <summary>Every manifest this version reads, and which of them it writes for a type: the first row of that type.</summary>
/// <remarks>A manifest never changes its meaning and never goes: a new shape gets a new row, above the old one.</remarks>
internal static class SerializerTable
{
    public static readonly ImmutableArray<SerializerRow> Rows =
    [
        SerializerRow.Of<EventBatch, J.EventBatch>("event-batch/1", J.EventBatch.Parser, EventWire.Write, EventWire.Read),
        SerializerRow.Of<JournalClaimed, J.JournalClaimed>("journal-claimed/1", J.JournalClaimed.Parser, EventWire.Write, EventWire.Read),
        SerializerRow.Of<StudySnapshot, J.StudyImage>("study-image/1", J.StudyImage.Parser, ImageWire.Write, ImageWire.Read),
        SerializerRow.Of<StudySnapshotChunk, J.TrialChunk>("trial-chunk/1", J.TrialChunk.Parser, c => ChunkWire.Write(c.Chunk), w => new(ChunkWire.Read(w))),
        SerializerRow.Of<StudyRequest, W.StudyRequest>("study-request/1", W.StudyRequest.Parser, StudyRequestWire.Write, StudyRequestReader.Read),
        SerializerRow.Of<Response, W.Response>("response/1", W.Response.Parser, ResponseWire.Write, ResponseWire.Read),
        SerializerRow.Of<WorkerHeartbeat, W.WorkerHeartbeat>("worker-heartbeat/1", W.WorkerHeartbeat.Parser, SessionWire.Write, SessionWire.Read),
        SerializerRow.Of<WatchStudy, W.WatchStudy>("watch-study/1", W.WatchStudy.Parser, SessionWire.Write, SessionWire.Read),
        SerializerRow.Of<StudyChanged, W.StudyChanged>("study-changed/1", W.StudyChanged.Parser, SessionWire.Write, SessionWire.Read),

        SerializerRow.Of<CatalogRequest, W.CatalogRequest>("catalog-request/1", W.CatalogRequest.Parser, CatalogWire.Write, CatalogWire.Read),
        SerializerRow.Of<ClusterRequest, W.ClusterRequest>("cluster-request/1", W.ClusterRequest.Parser, ClusterWire.Write, ClusterWire.Read),
        SerializerRow.Of<CatalogEvents.StudyRegistered, J.StudyRegistered>("study-registered/1", J.StudyRegistered.Parser, CatalogWire.Write, CatalogWire.Read),
        SerializerRow.Of<CatalogEvents.StudyRenamed, J.CatalogStudyRenamed>("study-renamed/1", J.CatalogStudyRenamed.Parser, CatalogWire.Write, CatalogWire.Read),
        SerializerRow.Of<CatalogEvents.StudyRemoved, J.StudyRemoved>("study-removed/1", J.StudyRemoved.Parser, CatalogWire.Write, CatalogWire.Read),
        SerializerRow.Of<CatalogEvents.NodeDrainSet, J.NodeDrainSet>("node-drain-set/1", J.NodeDrainSet.Parser, CatalogWire.Write, CatalogWire.Read),

        SerializerRow.Of<Sessions.Hello, W.Hello>("hello/1", W.Hello.Parser, SessionWire.Write, SessionWire.Read),
        SerializerRow.Of<Sessions.Welcome, W.Welcome>("welcome/1", W.Welcome.Parser, SessionWire.Write, SessionWire.Read),
        SerializerRow.Of<Sessions.Refused, W.Refused>("refused/1", W.Refused.Parser, SessionWire.Write, SessionWire.Read),
        SerializerRow.Of<Sessions.Pong, W.Pong>("pong/1", W.Pong.Parser, SessionWire.Write, SessionWire.Read),
        Word("ping/1", Sessions.Ping.Instance),
        Word("bye/1", Sessions.Bye.Instance),
        Word("watch-studies/1", WatchStudies.Instance),
    ];

    private static readonly FrozenDictionary<string, SerializerRow> s_byManifest = Rows.ToFrozenDictionary(r => r.Manifest);

    private static readonly FrozenDictionary<Type, SerializerRow> s_byType = Rows.DistinctBy(r => r.Type).ToFrozenDictionary(r => r.Type);

    /// <summary>The row a value is written with.</summary>
    /// <exception cref="SerializationException">There is none; the sentence names the type.</exception>
    public static SerializerRow Of(object value) => s_byType.TryGetValue(value.GetType(), out var row)
        ? row
        : throw new SerializationException($"{value.GetType()} has no manifest: it travels inside another message, or not at all.");

    /// <exception cref="SerializationException">This version knows no such manifest; the sentence names it.</exception>
    public static SerializerRow Of(string manifest) => s_byManifest.TryGetValue(manifest ?? "", out var row)
        ? row
        : throw new SerializationException($"The manifest '{manifest}' is unknown to this version.");

    /// <summary>A message without fields.</summary>
    private static SerializerRow Word<TValue>(string manifest, TValue instance) where TValue : class =>
        SerializerRow.Of<TValue, W.Empty>(manifest, W.Empty.Parser, _ => SessionWire.Nothing, _ => instance);
}
