using System.Diagnostics;
using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using Optuna.Cluster.Protocol;
using Optuna.Coordinator.Telemetry;
using Optuna.Pruners;
using Optuna.Samplers;
using Optuna.Studies;
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
internal sealed partial class StudyActor : ReceivePersistentActor, IWithTimers
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly StudySettings _settings;
    private readonly TimeProvider _clock;
    private readonly long _born;
    private readonly LeaseBook _leases;
    private readonly StudyMeter _meter;
    private readonly Dictionary<int, IActorRef> _drawing = [];
    private readonly JournalEnd? _end;
    private StudyState _state;
    private ISampler? _sampler;
    private IPruner? _pruner;
    private CommitGroup _open = new();
    private CommitGroup? _writing;
    private bool _moving;

    public StudyActor(StudyId id, StudySettings settings, TimeProvider clock)
    {
        (_settings, _clock, _born) = (settings, clock, clock.GetTimestamp());
        PersistenceId = OptunaSystem.PersistenceId(id);
        _state = new StudyState(id);
        _leases = new LeaseBook(settings.Lease);
        _meter = new StudyMeter(id);
        var persistence = Persistence.Instance.Apply(Context.System);
        _snapshotStore = persistence.SnapshotStoreFor(SnapshotPluginId);
        _end = settings.ClaimsJournal ? new JournalEnd(persistence.JournalFor(JournalPluginId), PersistenceId) : null;
        _snapshots = new SnapshotWriter(_snapshotStore, PersistenceId, settings.SnapshotEvery);

        Recover<SnapshotOffer>(OnSnapshotOffer);
        Recover<EventBatch>(OnReplayed);
        Recover<JournalClaimed>(_ => { });
        Recover<RecoveryCompleted>(_ => OnRecovered());

        Ready();
    }

    public override string PersistenceId { get; }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PostStop()
    {
        _meter.Dispose();
        base.PostStop();
    }

    private void Ready()
    {
        Command<StudyRequest>(OnRequest);
        Command<JointDrawn>(OnJointDrawn);
        Command<ParamDrawn>(OnParamDrawn);
        Command<DrawFailed>(OnDrawFailed);
        Command<Judged>(OnJudgedElsewhere);
        Command<WorkerHeartbeat>(h => _leases.Heard(h.Worker, h.Trials, Uptime));
        Command<WatchStudy>(_ => OnWatch());
        Command<TellWatchers>(_ => OnTellWatchers());
        Command<ReapLeases>(_ => OnReapLeases());
        Command<ReceiveTimeout>(_ => OnIdle());
        Command<JournalEnd.Read>(OnEndRead);
        Command<MoveAway>(_ => OnMoveAway());
        Command<SaveSnapshotSuccess>(s => _snapshots.OnSaved(s.Metadata, Self));
        Command<SaveSnapshotFailure>(OnSnapshotFailed);
        Command<DeleteSnapshotsSuccess>(_ => { });
        Command<DeleteSnapshotsFailure>(_ => { });
    }

    private void OnRequest(StudyRequest request)
    {
        _meter.Arrived(Sender, request);
        if (request.Body is IStudyQuery query)
        {
            var answer = TrialReader.Answer(_state, query);
            Answer(Sender, request.Id, answer is StudyReplies.Leases held ? _leases.WithTimeLeft(held, Uptime) : answer);
            return;
        }

        if (request.Body is IStudyCommand spoken)
            _leases.Heard(_state, spoken, Uptime);
        var now = _clock.GetUtcNow();
        switch (request.Body)
        {
            case StudyCommands.AskTrial ask:
                OnAsk(ask, request.Id, now);
                break;
            case StudyCommands.SuggestParam suggest:
                OnSuggest(suggest, request.Id, now);
                break;
            case StudyCommands.ReportValue report:
                Answer(Sender, request.Id, Pruning.Report(_state, report, Pruner, c => Decide(c, now)));
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
        var reply = (_state.Exists ? Suggesting.Ended(_state, ask, Sampler) : null) ?? Decide(ask, now);
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

        if (!Begin(asked.Number, id))
            return;
        if (!asked.Drawn.IsEmpty || !asked.Fixed.IsEmpty)
        {
            Answer(Sender, id, asked);
            return;
        }

        _drawing[asked.Number] = Sender;
        var context = Drawing(asked.Number, salt: 0);
        var sampler = Sampler;
        Draw(
            context,
            () => new JointDrawn(id, asked with { Drawn = Suggesting.DrawAhead(sampler, context) }, context),
            OnJointDrawn, id);
    }

    private bool Begin(int number, long id)
    {
        if (Sampler is not IStartingSampler sampler)
            return true;
        var context = new SamplingContext(n => Pruning.ViewFor(_state, n, Pruner), number, RandomStreams.AtStart(_state.Seed, number));
        try
        {
            sampler.BeforeTrial(context);
        }
        catch (Exception cause)
        {
            OnDrawFailed(new DrawFailed(id, number, Sender, cause));
            return false;
        }

        Decide(context);
        return true;
    }

    private void OnJointDrawn(JointDrawn drawn)
    {
        var asked = drawn.Asked;
        if (!_drawing.Remove(asked.Number, out var replyTo))
            return;
        Decide(drawn.Context);
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
        var sampler = Sampler;
        Draw(
            context,
            () => new ParamDrawn(id, replyTo, suggest with
            {
                Used = [], Sampled = Suggesting.DrawOne(sampler, context, suggest.Name, suggest.Distribution),
                OutOfRange = context.OutOfRange,
            }, context),
            OnParamDrawn, id);
    }

    private void OnParamDrawn(ParamDrawn drawn)
    {
        Decide(drawn.Context);
        Answer(drawn.ReplyTo, drawn.Id, Decide(drawn.Command, _clock.GetUtcNow()));
    }

    private void OnDrawFailed(DrawFailed failed)
    {
        _log.Error(failed.Cause, "Study {Study}: the sampler failed for trial {Trial}", _state.Name, failed.Number);
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
        foreach (var trial in _leases.Overdue(_state, Uptime))
        {
            _log.Warning("Study {Study}: worker {Worker} is silent, its trial {Trial} is taken from it", _state.Name, trial.Worker, trial.Number);
            Decide(new StudyCommands.AbandonTrial(trial.Number, trial.Lease, $"Its worker {trial.Worker} was lost."), now);
        }

        Flush(evenIfNobodyWaits: true);
        _meter.Sweep();
    }

    private void Draw<T>(SamplingContext context, Func<T> draw, Action<T> onDrawn, long id)
    {
        var (replyTo, number, sampler) = (Sender, context.Number, Sampler);
        T Measured()
        {
            var start = Stopwatch.GetTimestamp();
            var drawn = draw();
            _meter.Drawn(sampler.GetType().Name, number, Stopwatch.GetElapsedTime(start));
            return drawn;
        }

        // Without a joint space every parameter is drawn from its own range alone: less work than handing it over.
        if (sampler is IRelativeSampler && !sampler.DrawsInTurn(context))
        {
            Task.Run(Measured).PipeTo(Self, failure: cause => new DrawFailed(id, number, replyTo, cause));
            return;
        }

        T drawn;
        try
        {
            drawn = Measured();
        }
        catch (Exception cause)
        {
            OnDrawFailed(new DrawFailed(id, number, replyTo, cause));
            return;
        }

        onDrawn(drawn);
    }

    // Goes on evenly whatever is done to the wall clock.
    private TimeSpan Uptime => _clock.GetElapsedTime(_born);

    private ISampler Sampler => _sampler ??= SamplerCatalog.Create(_state.Sampler, _state.Directions.Length);

    private IPruner Pruner => _pruner ??= PrunerCatalog.Create(_state.Pruner);

    private SamplingContext Drawing(int number, uint salt) =>
        new(Pruning.ViewFor(_state, number, Pruner), number, RandomStreams.ForTrial(_state.Seed, number, salt));

    // What the sampler must remember of its draw goes to the journal with it.
    private void Decide(SamplingContext context)
    {
        foreach (var wish in context.Wishes)
            Decide(wish, _clock.GetUtcNow());
    }

    private IStudyReply Decide(IStudyCommand command, DateTimeOffset now)
    {
        var (reply, events) = StudyRules.Decide(_state, command, now);
        foreach (var e in events)
            _state.Apply(e);
        _open.Add(events);
        if (!events.IsEmpty)
            Judge();
        return reply;
    }

    private void Flush(bool evenIfNobodyWaits)
    {
        if (_writing is not null || !_open.HasEvents || !(evenIfNobodyWaits || _open.HasAnswers))
            return;
        // A snapshot is of exactly what the journal has: for the length of this one write nothing new is decided.
        if (_snapshots.IsDue(_state))
            Become(Pausing);
        (var group, _open) = (_open, new CommitGroup());
        Write(group, group.ToBatch());
    }

    private void Write(CommitGroup group, IWireMessage row)
    {
        _writing = group;
        _meter.Writing(group.AnswerCount);
        PersistAsync(row, _ =>
        {
            _writing = null;
            _meter.Written(row, group.AnswerCount, _state.Counts.Running);
            group.SendAnswers(Self, _meter.Answered);
            TellWatchersSoon();
            if (_pausing)
                TakeSnapshot();
            Flush(evenIfNobodyWaits: _moving);
            StopIfMoving();
        });
    }

    // The study moves to another node, in order: whoever has asked is answered before it goes. What comes from now on waits
    // in the shard region for its next home.
    private void OnMoveAway()
    {
        _moving = true;
        Flush(evenIfNobodyWaits: true);
        StopIfMoving();
    }

    private void StopIfMoving()
    {
        if (_moving && _writing is null && !_open.HasEvents && _drawing.Count == 0 && _confirming == 0)
            Context.Stop(Self);
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr)
    {
        NodeMeter.JournalFailures.Add(1);
        _log.Error(cause, "Study {Study}: event {SequenceNr} could not be journaled; the study recovers from its journal", _state.Name, sequenceNr);
        base.OnPersistFailure(cause, @event, sequenceNr);
    }

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        base.OnPersistRejected(cause, @event, sequenceNr);
        throw new InvalidOperationException($"Study {_state.Name}: the journal rejected event {sequenceNr}.", cause);
    }

    private sealed record JointDrawn(long Id, StudyReplies.TrialAsked Asked, SamplingContext Context) : INoSerializationVerificationNeeded;

    private sealed record ParamDrawn(long Id, IActorRef ReplyTo, StudyCommands.SuggestParam Command, SamplingContext Context) : INoSerializationVerificationNeeded;

    private sealed record DrawFailed(long Id, int Number, IActorRef ReplyTo, Exception Cause) : INoSerializationVerificationNeeded;

    /// <summary>Its shard is handed over to another node.</summary>
    public sealed record MoveAway : INoSerializationVerificationNeeded
    {
        public static readonly MoveAway Instance = new();
    }

    private sealed record ReapLeases : INoSerializationVerificationNeeded, INotInfluenceReceiveTimeout
    {
        public static readonly ReapLeases Instance = new();
    }
}
