using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using Optuna.Cluster.Protocol;
using Optuna.Coordinator.Studies;
using Optuna.Pruners;
using Optuna.Samplers;
using Optuna.Studies;
using Optuna.Terminators;

namespace Optuna.Coordinator.Catalog;

/// <summary>The only writer of the names of studies. A study is made, renamed and deleted here first or last, so that a crash in between is mended by asking again.</summary>
/// <remarks>
/// Made: the name is journaled, then the study is told; whoever finds the name later has the study told once more if
/// need be. Deleted: the study is told, then the name is freed. Renamed: the name is journaled, then the study is told.
/// </remarks>
internal sealed class CatalogActor : ReceivePersistentActor
{
    private static readonly TimeSpan StudyTimeout = TimeSpan.FromSeconds(3);

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CatalogState _state = new();
    private readonly HashSet<StudyId> _made = [];
    private readonly IActorRef _studies;
    private readonly StudyDefaults _defaults;
    private readonly Func<ImmutableArray<string>> _coordinators;
    private readonly JournalEnd? _end;

    /// <param name="defaults">What a study gets whose creator names no sampler or pruner.</param>
    /// <param name="coordinators">HOST:PORT of the coordinators that are up now.</param>
    /// <param name="mayBeOvertaken">Others could write the journal too. Follows from the storage.</param>
    public CatalogActor(IActorRef studies, StudyDefaults defaults, Func<ImmutableArray<string>> coordinators, bool mayBeOvertaken)
    {
        _end = mayBeOvertaken ? new JournalEnd(Persistence.Instance.Apply(Context.System).JournalFor(JournalPluginId), PersistenceId) : null;
        (_studies, _defaults, _coordinators) = (studies, defaults, coordinators);

        Recover<ICatalogEvent>(_state.Apply);

        Command<CatalogRequest>(OnRequest);
        Command<StudyMade>(OnStudyMade);
        Command<StudyDeleted>(OnStudyDeleted);
        Command<JournalEnd.Read>(OnEndRead);
    }

    public override string PersistenceId => OptunaSystem.CatalogPersistenceId;

    private void OnRequest(CatalogRequest request)
    {
        switch (request.Body)
        {
            case CatalogCommands.CreateStudy c: OnCreate(c, request.Id); break;
            case CatalogCommands.FindStudy c: OnFind(c, request.Id); break;
            case CatalogCommands.ListStudies c: OnList(c, request.Id); break;
            case CatalogCommands.RenameStudy c: OnRename(c, request.Id); break;
            case CatalogCommands.DeleteStudy c: OnDelete(c, request.Id); break;
            case CatalogCommands.DrainNode c: OnDrainNode(c, request.Id); break;
            case CatalogCommands.ListDrainedNodes: Sender.Tell(new Response(request.Id, new CatalogReplies.DrainedNodes([.. _state.Drained]))); break;
        }
    }

    // A node that is down may be resumed, not drained: a mistyped one would be drained for ever.
    private void OnDrainNode(CatalogCommands.DrainNode c, long id)
    {
        var done = _state.Drained.Contains(c.Node) == c.Drained;
        if (!done && c.Drained && !_coordinators().Contains(c.Node))
            Refuse(id, Rejection.InvalidValue, $"'node': no coordinator is up at '{c.Node}' ({string.Join(", ", _coordinators())}).");
        else if (!done && c.Drained && _coordinators().All(n => n == c.Node || _state.Drained.Contains(n)))
            Refuse(id, Rejection.InvalidValue, $"'node': without {c.Node} no coordinator would host studies.");
        else if (done)
            Sender.Tell(new Response(id, StudyReplies.Accepted.Instance));
        else
            Persist(new CatalogEvents.NodeDrainSet(c.Node, c.Drained), e =>
            {
                _state.Apply(e);
                Sender.Tell(new Response(id, StudyReplies.Accepted.Instance));
            });
    }

    private void OnCreate(CatalogCommands.CreateStudy c, long id)
    {
        if (_state.Find(c.Study.Name) is { } existing)
        {
            var mine = existing.RequestId == c.RequestId;
            if (mine || c.LoadIfExists)
                Make(existing, id, created: mine);
            else
                Refuse(id, Rejection.StudyExists, $"A study named '{c.Study.Name}' exists already.");
            return;
        }

        var study = _defaults.Complete(c.Study);
        if (Fault(study) is { } fault)
        {
            Refuse(id, Rejection.InvalidValue, fault);
            return;
        }

        Persist(new CatalogEvents.StudyRegistered(_state.NextId, c.RequestId, study), e =>
        {
            _state.Apply(e);
            Make(_state.Find(e.Spec.Name)!, id, created: true);
        });
    }

    private void OnFind(CatalogCommands.FindStudy c, long id)
    {
        if (_state.Find(c.Name) is { } entry)
            Make(entry, id, created: false);
        else
            RefuseUnknown(id, c.Name);
    }

    private void OnList(CatalogCommands.ListStudies c, long id)
    {
        var limit = Math.Clamp(c.Limit, 1, 1000);
        var page = _state.After(c.After).Take(limit + 1).ToList();
        Sender.Tell(new Response(id, new CatalogReplies.Studies(
            [.. page.Take(limit).Select(e => new CatalogReplies.StudyFound(e.Id, e.Name, false))], page.Count > limit)));
    }

    private void OnRename(CatalogCommands.RenameStudy c, long id)
    {
        if (_state.Find(c.Name) is not { } entry)
        {
            // The same wish a second time: it is done.
            if (_state.Find(c.NewName) is { } renamed)
                TellStudy(renamed.Id, new StudyCommands.RenameStudy(c.NewName), id, StudyReplies.Accepted.Instance);
            else
                RefuseUnknown(id, c.Name);
            return;
        }

        if (c.Name != c.NewName && _state.Find(c.NewName) is not null)
        {
            Refuse(id, Rejection.StudyExists, $"A study named '{c.NewName}' exists already.");
            return;
        }

        if (StudyRules.NameFault(c.NewName) is { } fault)
        {
            Refuse(id, Rejection.InvalidValue, fault);
            return;
        }

        Persist(new CatalogEvents.StudyRenamed(entry.Id, c.NewName), e =>
        {
            _state.Apply(e);
            TellStudy(entry.Id, new StudyCommands.RenameStudy(c.NewName), id, StudyReplies.Accepted.Instance);
        });
    }

    private void OnDelete(CatalogCommands.DeleteStudy c, long id)
    {
        if (_state.Find(c.Name) is not { } entry || (c.Study is { } only && only != entry.Id))
        {
            RefuseUnknown(id, c.Name);
            return;
        }

        var replyTo = Sender;
        AskStudy(entry.Id, new StudyCommands.DeleteStudy()).PipeTo(
            Self,
            success: reply => new StudyDeleted(entry, reply, replyTo, id),
            failure: cause => new StudyDeleted(entry, Unavailable(cause), replyTo, id));
    }

    private void OnStudyDeleted(StudyDeleted done)
    {
        // A study that was registered but never made has nothing to delete.
        var gone = done.Reply is StudyReplies.Accepted or StudyReplies.Rejected { Code: Rejection.StudyNotFound };
        if (!gone)
        {
            done.ReplyTo.Tell(new Response(done.Id, done.Reply));
            return;
        }

        if (_state.Find(done.Entry.Name) is not { } entry || entry.Id != done.Entry.Id)
        {
            done.ReplyTo.Tell(new Response(done.Id, StudyReplies.Accepted.Instance));
            return;
        }

        Persist(new CatalogEvents.StudyRemoved(entry.Id), e =>
        {
            _state.Apply(e);
            done.ReplyTo.Tell(new Response(done.Id, StudyReplies.Accepted.Instance));
        });
    }

    private void Make(CatalogState.Entry entry, long id, bool created)
    {
        var found = new CatalogReplies.StudyFound(entry.Id, entry.Name, created);
        if (_made.Contains(entry.Id))
        {
            Sender.Tell(new Response(id, found));
            return;
        }

        var replyTo = Sender;
        AskStudy(entry.Id, entry.Spec with { Name = entry.Name }).PipeTo(
            Self,
            success: reply => new StudyMade(entry.Id, reply is StudyReplies.Accepted ? found : reply, replyTo, id),
            failure: cause => new StudyMade(entry.Id, Unavailable(cause), replyTo, id));
    }

    private void OnStudyMade(StudyMade made)
    {
        if (made.Reply is CatalogReplies.StudyFound)
            _made.Add(made.Study);
        else
            _log.Warning("Study {0} could not be made ready: {1}", made.Study, made.Reply);
        made.ReplyTo.Tell(new Response(made.Id, made.Reply));
    }

    private void TellStudy(StudyId study, IStudyCommand command, long id, IStudyReply success)
    {
        AskStudy(study, command).PipeTo(
            Sender, Self,
            success: reply => new Response(id, reply is StudyReplies.Accepted ? success : reply),
            failure: cause => new Response(id, Unavailable(cause)));
    }

    private async Task<IStudyReply> AskStudy(StudyId study, IStudyCommand command) =>
        (await _studies.Ask<Response>(new StudyRequest(study, 0, command), StudyTimeout).ConfigureAwait(false)).Reply;

    private static string? Fault(StudyCommands.CreateStudy spec)
    {
        if (StudyRules.NameFault(spec.Name) is { } fault)
            return fault;
        try
        {
            SamplerCatalog.Create(spec.Sampler, spec.Directions.Length);
            PrunerCatalog.Create(spec.Pruner);
            if (spec.StopWhen is { } stop)
                TerminatorCatalog.Create(stop, spec.Directions.Length);
            return null;
        }
        catch (ArgumentException e)
        {
            return e.Message;
        }
    }

    private void RefuseUnknown(long id, string name) => Refuse(id, Rejection.StudyNotFound, $"There is no study named '{name}'.");

    private void Refuse(long id, Rejection code, string sentence)
    {
        var refusal = new Response(id, new StudyReplies.Rejected(code, sentence));
        if (_end is null || code == Rejection.InvalidValue)
            Sender.Tell(refusal);
        else
            _end.ConfirmAsync(LastSequenceNr, Sender, refusal).PipeTo(Self);
    }

    private void OnEndRead(JournalEnd.Read read)
    {
        read.AssertNotOvertaken(PersistenceId, LastSequenceNr);
        read.To.Tell(read.Answer);
    }

    private static StudyReplies.Rejected Unavailable(Exception cause) => new(Rejection.Unavailable, $"The study does not answer yet: {cause.Message}");

    private sealed record StudyMade(StudyId Study, IStudyReply Reply, IActorRef ReplyTo, long Id) : INoSerializationVerificationNeeded;

    private sealed record StudyDeleted(CatalogState.Entry Entry, IStudyReply Reply, IActorRef ReplyTo, long Id) : INoSerializationVerificationNeeded;
}
