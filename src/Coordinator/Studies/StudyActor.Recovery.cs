using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using Optuna.Cluster.Protocol;
using Optuna.Studies;
using Optuna.Studies.State;

namespace Optuna.Coordinator.Studies;

/// <content>How a study comes back from its snapshot and journal, and how it takes the next snapshot.</content>
internal sealed partial class StudyActor
{
    private readonly IActorRef _snapshotStore;
    private readonly SnapshotWriter _snapshots;
    private readonly List<EventBatch> _replayed = [];
    private StudyImage? _image;
    private SnapshotMetadata? _imageMetadata;
    private bool _pausing;

    private void Loading()
    {
        Command<ChunksRead>(OnChunksRead);
        Command<Status.Failure>(f => throw new InvalidOperationException($"Study {PersistenceId}: its snapshot could not be read.", f.Cause));
        CommandAny(_ => Stash.Stash());
    }

    private void OnSnapshotOffer(SnapshotOffer offer)
    {
        _image = ((StudySnapshot)offer.Snapshot).Image;
        _imageMetadata = offer.Metadata;
        if (_image.InChunks == 0)
            Restore([]);
    }

    private void OnReplayed(EventBatch batch)
    {
        // Before the chunks of the snapshot are read there is no state to apply events to.
        if (_image is not null)
            _replayed.Add(batch);
        else
            Apply(batch);
    }

    private void OnRecovered()
    {
        if (_image is null)
        {
            OnReady();
            return;
        }

        Become(Loading);
        SnapshotReader.ReadAsync(_snapshotStore, PersistenceId, _image.InChunks / TrialChunk.Size).PipeTo(Self, success: c => new ChunksRead(c));
    }

    private void OnChunksRead(ChunksRead read)
    {
        if (read.Chunks.Any(c => c is null))
        {
            // The journal still has everything: without its image the next start reads that from the beginning.
            _snapshotStore.Tell(new DeleteSnapshot(_imageMetadata!));
            throw new InvalidOperationException($"Study {PersistenceId}: a part of its snapshot is missing; it starts again from the journal.");
        }

        Restore(read.Chunks!);
        foreach (var batch in _replayed)
            Apply(batch);
        _replayed.Clear();
        OnReady();
        Become(Ready);
        Stash.UnstashAll();
    }

    private void Restore(IReadOnlyList<TrialChunk> chunks)
    {
        _state = StudyImages.Restore(_state.Id, _image!, chunks);
        _snapshots.Recovered(chunks.Count, _state.Version);
        _image = null;
    }

    private void Apply(EventBatch batch)
    {
        foreach (var e in batch.Events)
            _state.Apply(e);
    }

    private void OnReady()
    {
        _meter.Recovered(_state.Counts.Running);
        Timers.StartPeriodicTimer("leases", ReapLeases.Instance, _settings.Lease / 10);
        SetReceiveTimeout(_settings.PassivateAfter);
        // It takes the next number in the journal: an earlier owner that is still out there, frozen or cut off, cannot write
        // any more, and nothing is answered before that is certain.
        if (_settings.ClaimsJournal && _state.Exists)
            Write(new CommitGroup(), new JournalClaimed($"{((ExtendedActorSystem)Context.System).Provider.DefaultAddress}", _clock.GetUtcNow()));
        TellWatchersSoon();
        // The last owner may have gone between a trial's end and the judgement of it.
        if (_state.StopWhen is not null)
            Self.Tell(new Judged(false, null));
    }

    private void Pausing()
    {
        _pausing = true;
        CommandAny(_ => Stash.Stash());
    }

    private void TakeSnapshot()
    {
        _pausing = false;
        _snapshots.Begin(_state, LastSequenceNr, _clock.GetUtcNow().UtcDateTime, Self);
        Become(Ready);
        Stash.UnstashAll();
    }

    private void OnSnapshotFailed(SaveSnapshotFailure failure)
    {
        _log.Warning(failure.Cause, "Study {Study}: the snapshot {Snapshot} could not be written; the journal has it all", _state.Name, failure.Metadata.PersistenceId);
        _snapshots.OnFailed(failure.Metadata);
    }

    private sealed record ChunksRead(TrialChunk?[] Chunks) : INoSerializationVerificationNeeded;
}
