using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Runtime.Serialization;
using Optuna.Cluster.Protocol;
using Optuna.Studies;
using J = Optuna.Cluster.Protos.Journal;
using Kind = Optuna.Cluster.Protos.Journal.Event.KindOneofCase;

namespace Optuna.Cluster.Serialization;

/// <summary>Rows of a study's journal.</summary>
internal static class EventWire
{
    public static J.EventBatch Write(EventBatch batch)
    {
        // An empty row would also be what is left of one that lost its bytes.
        if (batch.Events.IsDefaultOrEmpty)
            throw new SerializationException("A batch of events is never empty.");
        var wire = new J.EventBatch();
        wire.Events.Capacity = batch.Events.Length;
        foreach (var e in batch.Events)
            wire.Events.Add(Write(e));
        return wire;
    }

    public static EventBatch Read(J.EventBatch wire)
    {
        if (wire.Events.Count == 0)
            throw new SerializationException("A batch of events is never empty.");
        var events = new IStudyEvent[wire.Events.Count];
        for (var i = 0; i < events.Length; i++)
            events[i] = Read(wire.Events[i]);
        return new EventBatch(ImmutableCollectionsMarshal.AsImmutableArray(events));
    }

    public static J.JournalClaimed Write(JournalClaimed claim) => new() { By = WireText.Data(claim.By, "By"), At = claim.At.UtcTicks };

    public static JournalClaimed Read(J.JournalClaimed wire) => new(wire.By, WireValue.ReadTime(wire.At));

    // The frequent ones first: the arms are tried in order.
    private static J.Event Write(IStudyEvent e) => e switch
    {
        StudyEvents.ValueReported r => new() { ValueReported = new() { Number = r.Number, Step = r.Step, Value = r.Value } },
        StudyEvents.ParamsSet s => new() { ParamsSet = Write(s.Number, s.Params) },
        StudyEvents.TrialStarted s => new()
        {
            TrialStarted = new()
            {
                Number = s.Number, Worker = WireText.Data(s.Worker.Value, "Worker"), RequestId = WireValue.Write(s.RequestId), Lease = s.Lease, At = s.At.UtcTicks,
            },
        },
        StudyEvents.TrialFinished f => new() { TrialFinished = Write(f) },
        StudyEvents.ParamsDrawn d => new() { ParamsDrawn = Write(d.Number, d.Params) },
        StudyEvents.TrialAttrSet a => new()
        {
            TrialAttrSet = new()
            {
                Number = a.Number, Kind = WireValue.Write(a.Kind), Key = WireText.Data(a.Key, "Key"), Json = WireText.Data(a.Json, "Json"),
            },
        },
        StudyEvents.TrialAdded a => new()
        {
            TrialAdded = new()
            {
                Number = a.Number, Trial = TrialWire.Write(WireValue.Required(a.Trial, "Trial")), RequestId = WireValue.Write(a.RequestId),
            },
        },
        StudyEvents.ParamDefined p => new()
        {
            ParamDefined = new() { Index = p.Index, Name = WireText.Data(p.Name, "Name"), Distribution = DistributionWire.Write(p.Distribution) },
        },
        StudyEvents.ParamReplaced p => new() { ParamReplaced = new() { Number = p.Number, Param = p.Param.Param, Value = p.Param.Value } },
        StudyEvents.TrialStateSet s => new() { TrialStateSet = Write(s) },
        StudyEvents.TrialRequeued r => new()
        {
            TrialRequeued = new() { Number = r.Number, Reason = WireText.Sentence(r.Reason, "Reason"), At = r.At.UtcTicks },
        },
        StudyEvents.PruneAdvised p => new() { PruneAdvised = new() { Number = p.Number, Step = p.Step } },
        StudyEvents.StudyAttrSet a => new()
        {
            StudyAttrSet = new() { Kind = WireValue.Write(a.Kind), Key = WireText.Data(a.Key, "Key"), Json = WireText.Data(a.Json, "Json") },
        },
        StudyEvents.StudyCreated c => new()
        {
            StudyCreated = new()
            {
                Spec = StudySpecWire.Write(c.Name, c.Directions, c.Sampler, c.Pruner, c.Seed, c.Retry, c.StopWhen), At = c.At.UtcTicks,
            },
        },
        StudyEvents.ModeSet m => new() { ModeSet = new() { Mode = WireValue.Write(m.Mode), At = m.At.UtcTicks } },
        StudyEvents.BudgetSet b => new() { BudgetSet = Write(b) },
        StudyEvents.WorkerDrained d => new() { WorkerDrained = new() { Worker = WireText.Data(d.Worker.Value, "Worker"), At = d.At.UtcTicks } },
        StudyEvents.StudyRenamed r => new() { StudyRenamed = new() { Name = WireText.Data(r.Name, "Name") } },
        StudyEvents.StudyDeleted d => new() { StudyDeleted = new() { At = d.At.UtcTicks } },
        _ => throw new SerializationException($"The journal has no form for the event {e?.GetType().Name ?? "null"}."),
    };

    private static IStudyEvent Read(J.Event wire) => wire.KindCase switch
    {
        Kind.ValueReported => new StudyEvents.ValueReported(wire.ValueReported.Number, wire.ValueReported.Step, wire.ValueReported.Value),
        Kind.ParamsSet => new StudyEvents.ParamsSet(wire.ParamsSet.Number, Read(wire.ParamsSet)),
        Kind.ParamsDrawn => new StudyEvents.ParamsDrawn(wire.ParamsDrawn.Number, Read(wire.ParamsDrawn)),
        Kind.TrialStarted => Read(wire.TrialStarted),
        Kind.TrialFinished => Read(wire.TrialFinished),
        Kind.TrialAttrSet => new StudyEvents.TrialAttrSet(
            wire.TrialAttrSet.Number, WireValue.Read(wire.TrialAttrSet.Kind), wire.TrialAttrSet.Key, wire.TrialAttrSet.Json),
        Kind.TrialAdded => new StudyEvents.TrialAdded(
            wire.TrialAdded.Number, TrialWire.Read(wire.TrialAdded.Trial), WireValue.ReadGuid(wire.TrialAdded.RequestId)),
        Kind.ParamDefined => new StudyEvents.ParamDefined(
            wire.ParamDefined.Index, wire.ParamDefined.Name, DistributionWire.Read(wire.ParamDefined.Distribution)),
        Kind.TrialRequeued => new StudyEvents.TrialRequeued(
            wire.TrialRequeued.Number, wire.TrialRequeued.Reason, WireValue.ReadTime(wire.TrialRequeued.At)),
        Kind.ParamReplaced => new StudyEvents.ParamReplaced(
            wire.ParamReplaced.Number, new ParamValue(wire.ParamReplaced.Param, wire.ParamReplaced.Value)),
        Kind.TrialStateSet => Read(wire.TrialStateSet),
        Kind.PruneAdvised => new StudyEvents.PruneAdvised(wire.PruneAdvised.Number, wire.PruneAdvised.Step),
        Kind.StudyAttrSet => new StudyEvents.StudyAttrSet(WireValue.Read(wire.StudyAttrSet.Kind), wire.StudyAttrSet.Key, wire.StudyAttrSet.Json),
        Kind.StudyCreated => Read(wire.StudyCreated),
        Kind.ModeSet => new StudyEvents.ModeSet(WireValue.Read(wire.ModeSet.Mode), WireValue.ReadTime(wire.ModeSet.At)),
        Kind.BudgetSet => new StudyEvents.BudgetSet(wire.BudgetSet.HasTrials ? wire.BudgetSet.Trials : null, WireValue.ReadTime(wire.BudgetSet.At)),
        Kind.WorkerDrained => new StudyEvents.WorkerDrained(new WorkerId(wire.WorkerDrained.Worker), WireValue.ReadTime(wire.WorkerDrained.At)),
        Kind.StudyRenamed => new StudyEvents.StudyRenamed(wire.StudyRenamed.Name),
        Kind.StudyDeleted => new StudyEvents.StudyDeleted(WireValue.ReadTime(wire.StudyDeleted.At)),
        _ => throw new SerializationException("The journal holds an event of a kind this version does not know."),
    };

    internal static J.ParamValues Write(int number, ImmutableArray<ParamValue> values)
    {
        var wire = new J.ParamValues { Number = number };
        if (values.IsDefaultOrEmpty)
            return wire;
        wire.Params.Capacity = wire.Values.Capacity = values.Length;
        foreach (var (param, value) in values)
        {
            wire.Params.Add(param);
            wire.Values.Add(value);
        }

        return wire;
    }

    internal static ImmutableArray<ParamValue> Read(J.ParamValues wire)
    {
        if (wire.Params.Count != wire.Values.Count)
            throw new SerializationException($"An event names {wire.Params.Count} parameters but has {wire.Values.Count} values.");
        if (wire.Params.Count == 0)
            return [];
        var array = new ParamValue[wire.Params.Count];
        for (var i = 0; i < array.Length; i++)
            array[i] = new ParamValue(wire.Params[i], wire.Values[i]);
        return ImmutableCollectionsMarshal.AsImmutableArray(array);
    }

    private static J.TrialFinished Write(StudyEvents.TrialFinished f)
    {
        var wire = new J.TrialFinished { Number = f.Number, State = WireValue.Write(f.State), At = f.At.UtcTicks };
        WireValue.Write(f.Values, wire.Values);
        if (f.Reason is { } reason)
            wire.Reason = WireText.Sentence(reason, "Reason");
        return wire;
    }

    private static StudyEvents.TrialFinished Read(J.TrialFinished w) => new(
        w.Number, WireValue.Read(w.State), WireValue.Read(w.Values), w.HasReason ? w.Reason : null, WireValue.ReadTime(w.At));

    private static J.BudgetSet Write(StudyEvents.BudgetSet b)
    {
        var wire = new J.BudgetSet { At = b.At.UtcTicks };
        if (b.Trials is { } trials)
            wire.Trials = trials;
        return wire;
    }

    private static J.TrialStateSet Write(StudyEvents.TrialStateSet s)
    {
        var wire = new J.TrialStateSet
        {
            Number = s.Number, State = WireValue.Write(s.State), Worker = WireText.Data(s.Worker.Value ?? "", "Worker"),
            RequestId = WireValue.Write(s.RequestId), At = s.At.UtcTicks,
        };
        WireValue.Write(s.Values, wire.Values);
        return wire;
    }

    private static StudyEvents.TrialStateSet Read(J.TrialStateSet w) => new(
        w.Number, WireValue.Read(w.State), WireValue.Read(w.Values), new WorkerId(w.Worker), WireValue.ReadGuid(w.RequestId), WireValue.ReadTime(w.At));

    private static StudyEvents.TrialStarted Read(J.TrialStarted w) => new(
        w.Number, new WorkerId(w.Worker), WireValue.ReadGuid(w.RequestId), w.Lease, WireValue.ReadTime(w.At));

    private static StudyEvents.StudyCreated Read(J.StudyCreated w)
    {
        var s = StudySpecWire.Read(w.Spec);
        return new(s.Name, s.Directions, s.Sampler, s.Pruner, s.Seed, s.Retry, WireValue.ReadTime(w.At), s.StopWhen);
    }
}
