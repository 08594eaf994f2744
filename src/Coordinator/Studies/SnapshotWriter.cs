using Akka.Actor;
using Akka.Persistence;
using Optuna.Cluster.Protocol;
using Optuna.Studies;
using Optuna.Studies.State;

namespace Optuna.Coordinator.Studies;

/// <summary>Writes a study's snapshots: finished trials in chunks, each written once, and an image of the rest that is small whatever the study's length.</summary>
/// <remarks>
/// The image is written after the chunks it speaks of, with the journal number it was taken at. A snapshot that fails is
/// made up for by the next: the journal has everything and is never cut.
/// </remarks>
internal sealed class SnapshotWriter(IActorRef store, string persistenceId, long every)
{
    private readonly HashSet<string> _awaited = [];
    private SaveSnapshot? _image;
    private int _chunks;
    private long _lastVersion;

    /// <summary>How many full chunks are in the store.</summary>
    public void Recovered(int chunks, long version) => (_chunks, _lastVersion) = (chunks, version);

    public static string ChunkId(string persistenceId, int chunk) => $"{persistenceId}/chunk-{chunk}";

    public bool IsDue(StudyState state) => _image is null && state.Version - _lastVersion >= every;

    /// <summary>Takes the snapshot. The state must be exactly what the journal has up to this number.</summary>
    public void Begin(StudyState state, long sequenceNr, DateTime now, IActorRef self)
    {
        var full = state.History.Count / TrialChunk.Size;
        _image = new SaveSnapshot(
            new SnapshotMetadata(persistenceId, sequenceNr, now), new StudySnapshot(StudyImages.Take(state, full * TrialChunk.Size)));
        _lastVersion = state.Version;
        for (var chunk = _chunks; chunk < full; chunk++)
        {
            var id = ChunkId(persistenceId, chunk);
            _awaited.Add(id);
            store.Tell(
                new SaveSnapshot(
                    new SnapshotMetadata(id, 1, now),
                    new StudySnapshotChunk(StudyImages.Chunk(state, chunk * TrialChunk.Size, TrialChunk.Size))),
                self);
        }

        _chunks = full;
        WriteImageIfReady(self);
    }

    public void OnSaved(SnapshotMetadata saved, IActorRef self)
    {
        if (saved.PersistenceId == persistenceId)
        {
            _image = null;
            store.Tell(new DeleteSnapshots(persistenceId, new SnapshotSelectionCriteria(saved.SequenceNr - 1)), self);
        }
        else if (_awaited.Remove(saved.PersistenceId))
        {
            WriteImageIfReady(self);
        }
    }

    // Chunks from the failed one on are written again with the next snapshot.
    public void OnFailed(SnapshotMetadata failed)
    {
        _image = null;
        _awaited.Clear();
        if (failed.PersistenceId != persistenceId)
            _chunks = Math.Min(_chunks, int.Parse(failed.PersistenceId[(failed.PersistenceId.LastIndexOf('-') + 1)..], System.Globalization.CultureInfo.InvariantCulture));
    }

    private void WriteImageIfReady(IActorRef self)
    {
        if (_awaited.Count == 0 && _image is not null)
            store.Tell(_image, self);
    }
}
