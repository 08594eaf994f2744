using System.Runtime.Serialization;
using Optuna.Cluster.Protocol;
using Optuna.Studies;
using Optuna.Studies.State;
using J = Optuna.Cluster.Protos.Journal;

namespace Optuna.Cluster.Serialization;

/// <summary>A study's snapshot.</summary>
internal static class ImageWire
{
    public static J.StudyImage Write(StudySnapshot snapshot)
    {
        var i = snapshot.Image;
        var c = i.Created;
        var wire = new J.StudyImage
        {
            Version = i.Version,
            Spec = StudySpecWire.Write(c.Name, c.Directions, c.Sampler, c.Pruner, c.Seed, c.Retry, c.StopWhen),
            Created = c.At.UtcTicks,
            Deleted = i.IsDeleted,
            TrialCount = i.TrialCount,
            HasConstraints = i.HasConstraints,
            InChunks = i.InChunks,
            Tail = ChunkWire.Write(i.Tail),
        };
        if (i.FirstStart is { } first)
            wire.FirstStart = first.UtcTicks;
        TrialWire.Write(i.UserAttrs, wire.UserAttrs);
        TrialWire.Write(i.SystemAttrs, wire.SystemAttrs);
        foreach (var p in i.Params.OrEmpty())
            wire.Params.Add(new J.ParamDefined { Index = p.Index, Name = WireText.Data(p.Name, "Name"), Distribution = DistributionWire.Write(p.Distribution) });
        wire.Mode = WireValue.Write(i.Fleet.Mode);
        if (i.Fleet.Budget is { } budget)
            wire.Budget = budget;
        wire.Drained.AddRange(i.Fleet.Drained.OrEmpty().Select(w => WireText.Data(w.Value, "Drained")));
        foreach (var live in i.Live.OrEmpty())
            wire.Live.Add(Write(live));
        foreach (var (request, number) in i.Requests.OrEmpty())
            wire.Requests.Add(new J.RecentRequest { RequestId = WireValue.Write(request), Number = number });
        return wire;
    }

    public static StudySnapshot Read(J.StudyImage wire)
    {
        var spec = StudySpecWire.Read(wire.Spec);
        var created = new StudyEvents.StudyCreated(
            spec.Name, spec.Directions, spec.Sampler, spec.Pruner, spec.Seed, spec.Retry, WireValue.ReadTime(wire.Created), spec.StopWhen);
        return new StudySnapshot(new StudyImage(
            wire.Version, created, wire.Deleted, wire.TrialCount, wire.HasConstraints,
            wire.HasFirstStart ? WireValue.ReadTime(wire.FirstStart) : null,
            TrialWire.Read(wire.UserAttrs), TrialWire.Read(wire.SystemAttrs),
            [.. wire.Params.Select(p => new ParamDef(p.Index, p.Name, DistributionWire.Read(p.Distribution)))],
            [.. wire.Live.Select(Read)],
            [.. wire.Requests.Select(r => KeyValuePair.Create(WireValue.ReadGuid(r.RequestId), r.Number))],
            wire.InChunks, ChunkWire.Read(wire.Tail),
            new FleetImage(WireValue.Read(wire.Mode), wire.HasBudget ? wire.Budget : null, [.. wire.Drained.Select(w => new WorkerId(w))])));
    }

    private static J.LiveTrial Write(LiveImage t)
    {
        var wire = new J.LiveTrial
        {
            Number = t.Number, State = WireValue.Write(t.State), Worker = WireText.Data(t.Worker.Value ?? "", "Worker"),
            RequestId = WireValue.Write(t.RequestId), Lease = t.Lease, Losses = t.Losses,
            ChangedAt = t.ChangedAt, Params = EventWire.Write(t.Number, t.Params), Drawn = EventWire.Write(t.Number, t.Drawn), Detail = ChunkWire.Write(t.Detail, 0),
        };
        WireValue.Write(t.Values, wire.Values);
        if (t.StartedAt is { } started)
            wire.Started = started.UtcTicks;
        if (t.PruneAdvisedAt >= 0)
            wire.PruneAdvisedAt = t.PruneAdvisedAt;
        return wire;
    }

    private static LiveImage Read(J.LiveTrial w)
    {
        if (w.Params is null || w.Drawn is null)
            throw new SerializationException("A live trial has no parameters.");
        return new LiveImage(
            w.Number, WireValue.Read(w.State), new WorkerId(w.Worker), WireValue.ReadGuid(w.RequestId), w.Lease,
            w.HasStarted ? WireValue.ReadTime(w.Started) : null, w.Losses, EventWire.Read(w.Params), EventWire.Read(w.Drawn),
            w.HasPruneAdvisedAt ? w.PruneAdvisedAt : -1, WireValue.Read(w.Values), w.ChangedAt, ChunkWire.Read(w.Detail));
    }
}
