using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using Optuna.Cluster.Protocol;
using Optuna.Pruners;
using Optuna.Samplers;
using Optuna.Studies;
using Optuna.Studies.State;
using Optuna.Trials;

namespace Optuna.Coordinator.Studies;

/// <summary>
/// The only writer of one study: asks <see cref="StudyRules"/> what to do, journals the answer, and replies after the
/// journal has confirmed it. It holds no rules of its own.
/// </summary>
/// <remarks>
/// The state includes events that are still on their way to the journal, so the next wish is decided on it at once; no
/// answer that could show such an event leaves before the journal has it. While one group of events is being written
/// the next one gathers. A failed write stops the actor: it recovers from the journal, and whoever got no answer asks again.
/// </remarks>
internal sealed class StudyActor : ReceivePersistentActor, IWithTimers
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly StudySettings _settings;
    private readonly TimeProvider _clock;
    private readonly LeaseBook _leases;
    private readonly Dictionary<int, IActorRef> _drawing = [];
    private readonly IActorRef _snapshotStore;
    private readonly SnapshotWriter _snapshots;
    private readonly List<EventBatch> _replayed = [];
    private StudyState _state;
    private StudyImage? _image;
    private SnapshotMetadata? _imageMetadata;
    private bool _pausing;
    private ISampler? _sampler;
    private IPruner? _pruner;
    private CommitGroup _open = new();
    private CommitGroup? _writing;

    public StudyActor(StudyId id, StudySettings settings, TimeProvider clock)
    {
        (_settings, _clock) = (settings, clock);
        PersistenceId = OptunaSystem.PersistenceId(id);
        _state = new StudyState(id);
        _leases = new LeaseBook(settings.Lease);
        _snapshotStore = Persistence.Instance.Apply(Context.System).SnapshotStoreFor(SnapshotPluginId);
        _snapshots = new SnapshotWriter(_snapshotStore, PersistenceId, settings.SnapshotEvery);

        Recover<SnapshotOffer>(OnSnapshotOffer);
        Recover<EventBatch>(OnReplayed);
        Recover<RecoveryCompleted>(_ => OnRecovered());

        Ready();
    }

    public override string PersistenceId { get; }

    public ITimerScheduler Timers { get; set; } = null!;

    private void Ready()
    {
        Command<StudyRequest>(OnRequest);
        Command<JointDrawn>(OnJointDrawn);
        Command<ParamDrawn>(OnParamDrawn);
        Command<DrawFailed>(OnDrawFailed);
        Command<WorkerHeartbeat>(h => _leases.Heard(h.Worker, _clock.GetUtcNow()));
        Command<ReapLeases>(_ => OnReapLeases());
        Command<ReceiveTimeout>(_ => OnIdle());
        Command<SaveSnapshotSuccess>(s => _snapshots.OnSaved(s.Metadata, Self));
        Command<SaveSnapshotFailure>(OnSnapshotFailed);
        Command<DeleteSnapshotsSuccess>(_ => { });
        Command<DeleteSnapshotsFailure>(_ => { });
    }

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
        Timers.StartPeriodicTimer("leases", ReapLeases.Instance, _settings.Lease / 10);
        SetReceiveTimeout(_settings.PassivateAfter);
    }

    private void OnRequest(StudyRequest request)
    {
        if (request.Body is IStudyQuery query)
        {
            Answer(Sender, request.Id, TrialReader.Answer(_state, query));
            return;
        }

        var now = _clock.GetUtcNow();
        switch (request.Body)
        {
            case StudyCommands.AskTrial ask:
                _leases.Heard(ask.Worker, now);
                OnAsk(ask, request.Id, now);
                break;
            case StudyCommands.SuggestParam suggest:
                OnSuggest(suggest, request.Id, now);
                break;
            case StudyCommands.ReportValue report:
                var reported = Decide(report, now);
                Answer(Sender, request.Id, reported is StudyReplies.Accepted ? new StudyReplies.Reported(ShouldPrune(report.Number)) : reported);
                break;
            case IStudyCommand command:
                Answer(Sender, request.Id, Decide(command, now));
                break;
        }
    }

    // A new trial's parameters are drawn on a view that does not change, so it need not be on the mailbox's time; its start
    // waits in the open group.
    private void OnAsk(StudyCommands.AskTrial ask, long id, DateTimeOffset now)
    {
        var before = _state.Version;
        var reply = Decide(ask, now);
        if (reply is not StudyReplies.TrialAsked asked)
        {
            Answer(Sender, id, reply);
            return;
        }

        if (_state.Version == before)
        {
            // Asked again while it is being drawn for: the answer in preparation goes to the newest asker.
            if (!_drawing.ContainsKey(asked.Number))
                Answer(Sender, id, asked);
            else
                _drawing[asked.Number] = Sender;
            return;
        }

        if (!asked.Drawn.IsEmpty || !asked.Fixed.IsEmpty)
        {
            Answer(Sender, id, asked);
            return;
        }

        _drawing[asked.Number] = Sender;
        var context = Drawing(asked.Number, salt: 0);
        var sampler = _sampler ??= SamplerCatalog.Create(_state.Sampler, _state.Directions.Length);
        Draw(sampler, () => new JointDrawn(id, asked with { Drawn = Suggesting.DrawAhead(sampler, context) }), OnJointDrawn, id, asked.Number);
    }

    private void OnJointDrawn(JointDrawn drawn)
    {
        var asked = drawn.Asked;
        if (!_drawing.Remove(asked.Number, out var replyTo))
            return;
        if (!asked.Drawn.IsEmpty && Decide(new StudyCommands.RecordDrawn(asked.Number, asked.Drawn), _clock.GetUtcNow()) is StudyReplies.Rejected r)
        {
            Answer(replyTo, drawn.Id, r);
            return;
        }

        Answer(replyTo, drawn.Id, asked);
    }

    private void OnSuggest(StudyCommands.SuggestParam suggest, long id, DateTimeOffset now)
    {
        var reply = Decide(suggest, now);
        if (reply is not StudyReplies.SampleNeeded)
        {
            Answer(Sender, id, reply);
            return;
        }

        var replyTo = Sender;
        var context = Drawing(suggest.Number, StableHash.Of(suggest.Name));
        var sampler = _sampler ??= SamplerCatalog.Create(_state.Sampler, _state.Directions.Length);
        Draw(
            sampler,
            () => new ParamDrawn(id, replyTo, suggest with
            {
                Used = [], Sampled = Suggesting.DrawOne(sampler, context, suggest.Name, suggest.Distribution),
            }),
            OnParamDrawn, id, suggest.Number);
    }

    private void OnParamDrawn(ParamDrawn drawn) => Answer(drawn.ReplyTo, drawn.Id, Decide(drawn.Command, _clock.GetUtcNow()));

    private void OnDrawFailed(DrawFailed failed)
    {
        _log.Error(failed.Cause, "Study {0}: the sampler failed for trial {1}", _state.Name, failed.Number);
        var sentence = $"The sampler failed for trial {failed.Number}: {failed.Cause.Message}";
        Decide(new StudyCommands.TellTrial(failed.Number, 0, TrialState.Fail, [], [], sentence), _clock.GetUtcNow());
        if (_drawing.Remove(failed.Number, out var asker))
            Answer(asker, failed.Id, new StudyReplies.Rejected(Rejection.SamplerFailed, sentence));
        else
            Answer(failed.ReplyTo, failed.Id, new StudyReplies.Rejected(Rejection.SamplerFailed, sentence));
    }

    private void OnReapLeases()
    {
        var now = _clock.GetUtcNow();
        foreach (var trial in _leases.Overdue(_state, now))
        {
            _log.Warning("Study {0}: worker {1} is silent, its trial {2} is taken from it", _state.Name, trial.Worker, trial.Number);
            Decide(new StudyCommands.AbandonTrial(trial.Number, trial.Lease, $"Its worker {trial.Worker} was lost."), now);
        }

        Flush(evenIfNobodyWaits: true);
    }

    // A study whose trials are held by workers is not idle: their leases must be looked after.
    private void OnIdle()
    {
        if (_state.Counts.Running == 0 && _writing is null && !_open.HasEvents)
            Context.Parent.Tell(new Akka.Cluster.Sharding.Passivate(PoisonPill.Instance));
    }

    private void Draw<T>(ISampler sampler, Func<T> draw, Action<T> onDrawn, long id, int number)
    {
        var replyTo = Sender;
        // Without a joint space every parameter is drawn from its own range alone: less work than handing it over.
        if (sampler is IRelativeSampler)
        {
            Task.Run(draw).PipeTo(Self, failure: cause => new DrawFailed(id, number, replyTo, cause));
            return;
        }

        T drawn;
        try
        {
            drawn = draw();
        }
        catch (Exception cause)
        {
            OnDrawFailed(new DrawFailed(id, number, replyTo, cause));
            return;
        }

        onDrawn(drawn);
    }

    private SamplingContext Drawing(int number, uint salt) => new(_state.View, number, RandomStreams.ForTrial(_state.Seed, number, salt));

    private bool ShouldPrune(int number)
    {
        _pruner ??= PrunerCatalog.Create(_state.Pruner);
        return Pruning.ShouldPrune(_state, number, _pruner);
    }

    private IStudyReply Decide(IStudyCommand command, DateTimeOffset now)
    {
        var (reply, events) = StudyRules.Decide(_state, command, now);
        foreach (var e in events)
            _state.Apply(e);
        _open.Add(events);
        return reply;
    }

    /// <summary>The answer leaves when everything it may rest on is in the journal.</summary>
    private void Answer(IActorRef to, long id, IStudyReply reply)
    {
        var answer = new Response(id, reply);
        if (_open.HasEvents)
        {
            _open.Add(to, answer);
            Flush(evenIfNobodyWaits: false);
        }
        else if (_writing is { } writing)
        {
            writing.Add(to, answer);
        }
        else
        {
            to.Tell(answer, Self);
        }
    }

    private void Flush(bool evenIfNobodyWaits)
    {
        if (_writing is not null || !_open.HasEvents || !(evenIfNobodyWaits || _open.HasAnswers))
            return;
        // A snapshot is of exactly what the journal has: for the length of this one write nothing new is decided.
        if (_snapshots.IsDue(_state))
            Become(Pausing);
        (_writing, _open) = (_open, new CommitGroup());
        PersistAsync(_writing.ToBatch(), _ =>
        {
            var written = _writing!;
            _writing = null;
            written.SendAnswers(Self);
            if (_pausing)
                TakeSnapshot();
            Flush(evenIfNobodyWaits: false);
        });
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
        _log.Warning(failure.Cause, "Study {0}: the snapshot {1} could not be written; the journal has it all", _state.Name, failure.Metadata.PersistenceId);
        _snapshots.OnFailed(failure.Metadata);
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr)
    {
        _log.Error(cause, "Study {0}: event {1} could not be journaled; the study recovers from its journal", _state.Name, sequenceNr);
        base.OnPersistFailure(cause, @event, sequenceNr);
    }

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        base.OnPersistRejected(cause, @event, sequenceNr);
        throw new InvalidOperationException($"Study {_state.Name}: the journal rejected event {sequenceNr}.", cause);
    }

    private sealed record ChunksRead(TrialChunk?[] Chunks) : INoSerializationVerificationNeeded;

    private sealed record JointDrawn(long Id, StudyReplies.TrialAsked Asked) : INoSerializationVerificationNeeded;

    private sealed record ParamDrawn(long Id, IActorRef ReplyTo, StudyCommands.SuggestParam Command) : INoSerializationVerificationNeeded;

    private sealed record DrawFailed(long Id, int Number, IActorRef ReplyTo, Exception Cause) : INoSerializationVerificationNeeded;

    private sealed record ReapLeases : INoSerializationVerificationNeeded, INotInfluenceReceiveTimeout
    {
        public static readonly ReapLeases Instance = new();
    }
}
