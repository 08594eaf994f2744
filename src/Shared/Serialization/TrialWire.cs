using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Runtime.Serialization;
using Google.Protobuf.Collections;
using Optuna.Trials;
using C = Optuna.Cluster.Protos.Common;

namespace Optuna.Cluster.Serialization;

/// <summary>Parameters, attributes and whole trials.</summary>
internal static class TrialWire
{
    // Whoever reads a long study keeps its trials, and they are a few workers': not one text for each. What the peers send must not decide how much stays.
    private const int LongestRemembered = 256;
    private static readonly RecentlyRead<string, string> s_workers = new(name => name);

    public static void Write(ImmutableArray<TrialParam> items, RepeatedField<C.Param> to)
    {
        if (items.IsDefaultOrEmpty)
            return;
        to.Capacity = items.Length;
        foreach (var p in items)
            to.Add(Write(p));
    }

    public static C.Param Write(TrialParam p) =>
        new() { Name = WireText.Data(p.Name, "Param"), Distribution = DistributionWire.Write(p.Distribution), Value = p.Value };

    public static void Write(ImmutableArray<FrozenTrial> trials, RepeatedField<C.Trial> to, string field)
    {
        foreach (var trial in trials.OrEmpty())
            to.Add(Write(WireValue.Required(trial, field)));
    }

    public static ImmutableArray<FrozenTrial> Read(RepeatedField<C.Trial> trials)
    {
        var read = ImmutableArray.CreateBuilder<FrozenTrial>(trials.Count);
        foreach (var trial in trials)
            read.Add(Read(trial));
        return read.MoveToImmutable();
    }

    public static ImmutableArray<TrialParam> Read(RepeatedField<C.Param> items)
    {
        if (items.Count == 0)
            return [];
        var array = new TrialParam[items.Count];
        for (var i = 0; i < array.Length; i++)
            array[i] = new TrialParam(items[i].Name, DistributionWire.Read(items[i].Distribution), items[i].Value);
        return ImmutableCollectionsMarshal.AsImmutableArray(array);
    }

    public static void Write(ImmutableArray<KeyValuePair<string, string>> attrs, RepeatedField<C.Attr> to)
    {
        if (attrs.IsDefault)
            return;
        foreach (var (key, json) in attrs)
            to.Add(new C.Attr { Key = WireText.Data(key, "Key"), Json = WireText.Data(json, "Json") });
    }

    public static ImmutableArray<KeyValuePair<string, string>> Read(RepeatedField<C.Attr> attrs)
    {
        if (attrs.Count == 0)
            return [];
        var array = new KeyValuePair<string, string>[attrs.Count];
        for (var i = 0; i < array.Length; i++)
            array[i] = new(attrs[i].Key, attrs[i].Json);
        return ImmutableCollectionsMarshal.AsImmutableArray(array);
    }

    public static C.Trial Write(FrozenTrial trial)
    {
        var wire = new C.Trial { Number = trial.Number, State = WireValue.Write(trial.State) };
        if (trial.DatetimeStart is { } start)
            wire.Started = WireValue.Ticks(start);
        if (trial.DatetimeComplete is { } complete)
            wire.Completed = WireValue.Ticks(complete);
        if (trial.Reason is { } reason)
            wire.Reason = WireText.Sentence(reason, nameof(trial.Reason));
        if (trial.Worker is { } worker)
            wire.Worker = WireText.Data(worker, nameof(trial.Worker));
        WireValue.Write(trial.Values, wire.Values);
        Write(trial.ParamList, wire.Params);
        Write(trial.UserAttrs, wire.UserAttrs);
        Write(trial.SystemAttrs, wire.SystemAttrs);
        foreach (var (step, value) in trial.IntermediateValues)
        {
            wire.Steps.Add(step);
            wire.Reports.Add(value);
        }

        return wire;
    }

    public static FrozenTrial Read(C.Trial? wire)
    {
        if (wire is null)
            throw new SerializationException("'Trial' is missing.");
        if (wire.Steps.Count != wire.Reports.Count)
            throw new SerializationException($"A trial has {wire.Steps.Count} steps but {wire.Reports.Count} reports.");
        var reports = ImmutableSortedDictionary.CreateBuilder<long, double>();
        for (var i = 0; i < wire.Steps.Count; i++)
            reports[wire.Steps[i]] = wire.Reports[i];
        return new FrozenTrial
        {
            Number = wire.Number,
            State = WireValue.Read(wire.State),
            Values = WireValue.Read(wire.Values),
            DatetimeStart = wire.HasStarted ? WireValue.ReadUtc(wire.Started) : null,
            DatetimeComplete = wire.HasCompleted ? WireValue.ReadUtc(wire.Completed) : null,
            ParamList = Read(wire.Params),
            UserAttrs = Read(wire.UserAttrs),
            SystemAttrs = Read(wire.SystemAttrs),
            IntermediateValues = reports.ToImmutable(),
            Reason = wire.HasReason ? wire.Reason : null,
            Worker = !wire.HasWorker ? null : wire.Worker.Length <= LongestRemembered ? s_workers.Get(wire.Worker) : wire.Worker,
        };
    }
}
