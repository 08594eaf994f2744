using System.Collections.Immutable;
using System.Runtime.Serialization;
using Optuna.Cluster.Protocol;
using Optuna.Studies;
using Optuna.Trials;
using Kind = Optuna.Cluster.Protos.Wire.Response.ReplyOneofCase;
using W = Optuna.Cluster.Protos.Wire;

namespace Optuna.Cluster.Serialization;

/// <summary>Answers of studies and of the catalogue.</summary>
internal static class ResponseWire
{
    public static W.Response Write(Response response)
    {
        var id = response.Id;
        return response.Reply switch
        {
            StudyReplies.Reported r => new() { Id = id, Reported = new() { ShouldPrune = r.ShouldPrune } },
            StudyReplies.ParamSuggested r => new() { Id = id, ParamSuggested = Write(r) },
            StudyReplies.TrialAsked r => new() { Id = id, TrialAsked = Write(r) },
            StudyReplies.TrialTold r => new() { Id = id, TrialTold = Write(r) },
            StudyReplies.Accepted => new() { Id = id, Accepted = SessionWire.Nothing },
            StudyReplies.NoTrialLeft r => new() { Id = id, NoTrialLeft = new() { Running = r.Running, Reason = WireValue.Reason((int)r.Reason) } },
            StudyReplies.Rejected r => new()
            {
                Id = id, Rejected = new() { Code = WireValue.Rejection((int)r.Code), Sentence = WireText.Sentence(r.Sentence, "Sentence") },
            },
            StudyReplies.TrialAdded r => new() { Id = id, TrialAdded = new() { Number = r.Number } },
            StudyReplies.Summary r => new() { Id = id, Summary = SummaryWire.Write(WireValue.Required(r.Study, "Study")) },
            StudyReplies.Trials r => new() { Id = id, Trials = Write(r) },
            StudyReplies.Leases r => new() { Id = id, Leases = Write(r) },
            StudyReplies.Changes r => new() { Id = id, Changes = Write(r) },
            StudyReplies.TrialStateSet r => new() { Id = id, TrialStateSet = new() { Updated = r.Updated } },
            CatalogReplies.StudyFound r => new() { Id = id, StudyFound = Write(r) },
            CatalogReplies.Studies r => new() { Id = id, Studies = Write(r) },
            CatalogReplies.DrainedNodes r => new() { Id = id, DrainedNodes = Write(r) },
            ClusterReplies.Nodes r => new() { Id = id, Nodes = ClusterWire.Write(r) },
            var other => throw new SerializationException($"A response cannot carry {other?.GetType().Name ?? "null"}."),
        };
    }

    public static Response Read(W.Response wire) => new(wire.Id, wire.ReplyCase switch
    {
        Kind.Reported => new StudyReplies.Reported(wire.Reported.ShouldPrune),
        Kind.ParamSuggested => new StudyReplies.ParamSuggested(
            wire.ParamSuggested.Value, wire.ParamSuggested.HasWarning ? wire.ParamSuggested.Warning : null),
        Kind.TrialAsked => Read(wire.TrialAsked),
        Kind.TrialTold => Read(wire.TrialTold),
        Kind.Accepted => StudyReplies.Accepted.Instance,
        Kind.NoTrialLeft => new StudyReplies.NoTrialLeft(wire.NoTrialLeft.Running, (NoTrialReason)WireValue.Reason(wire.NoTrialLeft.Reason)),
        Kind.Rejected => new StudyReplies.Rejected((Rejection)WireValue.Rejection(wire.Rejected.Code), wire.Rejected.Sentence),
        Kind.TrialAdded => new StudyReplies.TrialAdded(wire.TrialAdded.Number),
        Kind.Summary => new StudyReplies.Summary(SummaryWire.Read(wire.Summary)),
        Kind.Trials => Read(wire.Trials),
        Kind.Leases => Read(wire.Leases),
        Kind.Changes => Read(wire.Changes),
        Kind.TrialStateSet => new StudyReplies.TrialStateSet(wire.TrialStateSet.Updated),
        Kind.StudyFound => Read(wire.StudyFound),
        Kind.Studies => Read(wire.Studies),
        Kind.DrainedNodes => new CatalogReplies.DrainedNodes(WireValue.Read(wire.DrainedNodes.Nodes)),
        Kind.Nodes => ClusterWire.Read(wire.Nodes),
        _ => throw new SerializationException("A response carries nothing this version knows."),
    });

    private static W.ParamSuggested Write(StudyReplies.ParamSuggested r)
    {
        var wire = new W.ParamSuggested { Value = r.Value };
        if (r.Warning is { } warning)
            wire.Warning = WireText.Sentence(warning, "Warning");
        return wire;
    }

    private static W.TrialAsked Write(StudyReplies.TrialAsked r)
    {
        var wire = new W.TrialAsked { Number = r.Number, Lease = r.Lease, StartedAt = r.StartedAt.UtcTicks };
        TrialWire.Write(r.Drawn, wire.Drawn);
        WireValue.Write(r.Fixed, wire.Fixed, "Fixed");
        TrialWire.Write(r.UserAttrs, wire.UserAttrs);
        TrialWire.Write(r.SystemAttrs, wire.SystemAttrs);
        return wire;
    }

    private static StudyReplies.TrialAsked Read(W.TrialAsked w) => new(
        w.Number, w.Lease, WireValue.ReadTime(w.StartedAt), TrialWire.Read(w.Drawn), WireValue.Read(w.Fixed),
        TrialWire.Read(w.UserAttrs), TrialWire.Read(w.SystemAttrs));

    private static W.TrialTold Write(StudyReplies.TrialTold r)
    {
        var wire = new W.TrialTold { State = WireValue.Write(r.State) };
        WireValue.Write(r.Values, wire.Values);
        if (r.Warning is { } warning)
            wire.Warning = WireText.Sentence(warning, "Warning");
        return wire;
    }

    private static StudyReplies.TrialTold Read(W.TrialTold w) =>
        new(WireValue.Read(w.State), WireValue.Read(w.Values), w.HasWarning ? w.Warning : null);

    private static W.Trials Write(StudyReplies.Trials r)
    {
        var wire = new W.Trials();
        TrialWire.Write(r.Page, wire.Page, "Page");
        if (r.Next is { } next)
            wire.Next = next;
        return wire;
    }

    private static StudyReplies.Trials Read(W.Trials w) => new(TrialWire.Read(w.Page), w.HasNext ? w.Next : null);

    private static W.Leases Write(StudyReplies.Leases r)
    {
        var wire = new W.Leases();
        foreach (var lease in r.Held.OrEmpty())
        {
            var held = new W.Lease
            {
                Number = lease.Number, Worker = WireText.Data(lease.Worker.Value ?? "", "Worker"), Draining = lease.Draining, Token = lease.Token,
            };
            if (lease.StartedAt is { } started)
                held.Started = WireValue.Ticks(started);
            if (lease.Left is { } left)
                held.Left = left.Ticks;
            wire.Held.Add(held);
        }

        return wire;
    }

    private static StudyReplies.Leases Read(W.Leases w) => new(
    [
        .. w.Held.Select(l => new TrialLease(
            l.Number, new WorkerId(l.Worker), l.HasStarted ? WireValue.ReadUtc(l.Started) : null, l.Draining,
            l.Token, l.HasLeft ? TimeSpan.FromTicks(l.Left) : null)),
    ]);

    private static W.Changes Write(StudyReplies.Changes r)
    {
        var wire = new W.Changes { Version = r.Version, More = r.More };
        TrialWire.Write(r.Finished, wire.Finished, "Finished");
        TrialWire.Write(r.Unfinished, wire.Unfinished, "Unfinished");
        return wire;
    }

    private static StudyReplies.Changes Read(W.Changes w) => new(w.Version, TrialWire.Read(w.Finished), TrialWire.Read(w.Unfinished), w.More);

    private static W.StudyFound Write(CatalogReplies.StudyFound r) =>
        new() { Study = r.Study.Value, Name = WireText.Data(r.Name, "Name"), Created = r.Created };

    private static CatalogReplies.StudyFound Read(W.StudyFound w) => new(new StudyId(w.Study), w.Name, w.Created);

    private static W.Studies Write(CatalogReplies.Studies r)
    {
        var wire = new W.Studies { More = r.More };
        if (!r.Page.IsDefault)
        {
            foreach (var study in r.Page)
                wire.Page.Add(Write(WireValue.Required(study, "Page")));
        }

        return wire;
    }

    private static W.DrainedNodes Write(CatalogReplies.DrainedNodes r)
    {
        var wire = new W.DrainedNodes();
        WireValue.Write(r.Nodes, wire.Nodes, "Nodes");
        return wire;
    }

    private static CatalogReplies.Studies Read(W.Studies w)
    {
        var page = ImmutableArray.CreateBuilder<CatalogReplies.StudyFound>(w.Page.Count);
        foreach (var study in w.Page)
            page.Add(Read(study));
        return new(page.MoveToImmutable(), w.More);
    }
}
