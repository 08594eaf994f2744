using Akka.Actor;
using Akka.Persistence;
using Optuna.Cluster.Protocol;
using Optuna.Studies.State;

namespace Optuna.Coordinator.Studies;

/// <summary>Reads the chunks that a study's image speaks of.</summary>
internal static class SnapshotReader
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <returns>In order; null where a chunk is not there.</returns>
    /// <exception cref="InvalidOperationException">The store could not be read.</exception>
    public static async Task<TrialChunk?[]> ReadAsync(IActorRef store, string persistenceId, int chunks)
    {
        var all = await Task.WhenAll(Enumerable.Range(0, chunks).Select(chunk => ReadOneAsync(store, SnapshotWriter.ChunkId(persistenceId, chunk)))).ConfigureAwait(false);
        return all;
    }

    private static async Task<TrialChunk?> ReadOneAsync(IActorRef store, string id)
    {
        var question = new LoadSnapshot(id, SnapshotSelectionCriteria.Latest, long.MaxValue);
        return await store.Ask<object>(question, Timeout).ConfigureAwait(false) switch
        {
            LoadSnapshotResult { Snapshot.Snapshot: StudySnapshotChunk chunk } => chunk.Chunk,
            LoadSnapshotResult => null,
            LoadSnapshotFailed failed => throw new InvalidOperationException($"The snapshot {id} could not be read.", failed.Cause),
            var other => throw new InvalidOperationException($"The snapshot store answered {other.GetType().Name}."),
        };
    }
}
