using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Runtime.Serialization;
using Optuna.Studies;
using Optuna.Studies.State;
using Optuna.Trials;
using C = Optuna.Cluster.Protos.Common;
using J = Optuna.Cluster.Protos.Journal;

namespace Optuna.Cluster.Serialization;

/// <summary>Finished trials in columns.</summary>
internal static class ChunkWire
{
    public static J.TrialChunk Write(TrialChunk chunk)
    {
        var wire = new J.TrialChunk();
        var shapes = new Dictionary<string, int>(StringComparer.Ordinal);
        var trials = chunk.Trials.OrEmpty();
        for (var row = 0; row < trials.Length; row++)
        {
            var (t, values, parameters) = (trials[row], trials[row].Values.OrEmpty(), trials[row].Params.OrEmpty());
            wire.Numbers.Add(t.Number);
            wire.States.Add((int)WireValue.Write(t.State));
            wire.Started.Add(t.StartedAt);
            wire.Finished.Add(t.FinishedAt);
            wire.Leases.Add(t.Lease);
            wire.ValueCounts.Add(values.Length);
            wire.Values.AddRange(values);
            wire.Shape.Add(ShapeOf(parameters, shapes, wire));
            foreach (var p in parameters)
                wire.Params.Add(p.Value);
            if (!t.Detail.IsEmpty)
                wire.Details.Add(Write(t.Detail, row));
        }

        WriteWorkers(trials, wire);
        return wire;
    }

    public static TrialChunk Read(J.TrialChunk? wire)
    {
        if (wire is null)
            throw new SerializationException("'Tail' is missing.");
        var rows = wire.Numbers.Count;
        if (wire.States.Count != rows || wire.Started.Count != rows || wire.Finished.Count != rows || wire.Leases.Count != rows
            || wire.ValueCounts.Count != rows || wire.Shape.Count != rows || (wire.Worker.Count != rows && wire.Worker.Count != 0))
            throw new SerializationException("The columns of a chunk of trials differ in length.");
        var details = new TrialDetail?[rows];
        foreach (var detail in wire.Details)
        {
            if (detail.Row < 0 || detail.Row >= rows)
                throw new SerializationException($"A chunk of {rows} trials has details for row {detail.Row}.");
            details[detail.Row] = Read(detail);
        }

        var trials = new FinishedTrial[rows];
        var (value, param) = (0, 0);
        for (var row = 0; row < rows; row++)
        {
            trials[row] = new FinishedTrial(
                wire.Numbers[row], WireValue.Read((C.TrialState)wire.States[row]), Values(wire, ref value, wire.ValueCounts[row]),
                wire.Started[row], wire.Finished[row], wire.Leases[row], Params(wire, ref param, wire.Shape[row]), details[row] ?? TrialDetail.None,
                wire.Worker.Count == 0 ? null : Worker(wire, wire.Worker[row]));
        }

        return new TrialChunk(ImmutableCollectionsMarshal.AsImmutableArray(trials));
    }

    internal static J.TrialDetail Write(TrialDetail detail, int row)
    {
        var wire = new J.TrialDetail { Row = row };
        TrialWire.Write(detail.UserAttrs, wire.UserAttrs);
        TrialWire.Write(detail.SystemAttrs, wire.SystemAttrs);
        foreach (var (step, value) in detail.Reports)
        {
            wire.Steps.Add(step);
            wire.Reports.Add(value);
        }

        if (detail.Reason is { } reason)
            wire.Reason = WireText.Sentence(reason, "Reason");
        return wire;
    }

    internal static TrialDetail Read(J.TrialDetail? wire)
    {
        if (wire is null)
            return TrialDetail.None;
        if (wire.Steps.Count != wire.Reports.Count)
            throw new SerializationException($"A trial has {wire.Steps.Count} steps but {wire.Reports.Count} reports.");
        var reports = ImmutableSortedDictionary.CreateBuilder<long, double>();
        for (var i = 0; i < wire.Steps.Count; i++)
            reports[wire.Steps[i]] = wire.Reports[i];
        return new TrialDetail
        {
            UserAttrs = TrialWire.Read(wire.UserAttrs), SystemAttrs = TrialWire.Read(wire.SystemAttrs),
            Reports = reports.ToImmutable(), Reason = wire.HasReason ? wire.Reason : null,
        };
    }

    // Without workers there is no column: as it was written before there were any.
    private static void WriteWorkers(ImmutableArray<FinishedTrial> trials, J.TrialChunk wire)
    {
        if (trials.All(t => t.Worker is null))
            return;
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var t in trials)
        {
            if (t.Worker is not { } worker)
            {
                wire.Worker.Add(0);
                continue;
            }

            if (!known.TryGetValue(worker, out var which))
            {
                wire.Workers.Add(WireText.Data(worker, "Worker"));
                known.Add(worker, which = wire.Workers.Count);
            }

            wire.Worker.Add(which);
        }
    }

    private static string? Worker(J.TrialChunk wire, int which) => which == 0 ? null
        : which > 0 && which <= wire.Workers.Count ? wire.Workers[which - 1]
        : throw new SerializationException($"A chunk of trials has no worker {which}.");

    private static int ShapeOf(ImmutableArray<ParamValue> values, Dictionary<string, int> shapes, J.TrialChunk wire)
    {
        var key = string.Join(',', values.Select(p => p.Param));
        if (shapes.TryGetValue(key, out var known))
            return known;
        var shape = new J.Shape();
        shape.Params.AddRange(values.Select(p => p.Param));
        wire.Shapes.Add(shape);
        shapes.Add(key, wire.Shapes.Count - 1);
        return wire.Shapes.Count - 1;
    }

    private static ImmutableArray<double> Values(J.TrialChunk wire, ref int at, int count)
    {
        if (count < 0 || count > wire.Values.Count - at)
            throw new SerializationException("A chunk of trials has too few objective values.");
        var values = new double[count];
        for (var i = 0; i < count; i++)
            values[i] = wire.Values[at++];
        return ImmutableCollectionsMarshal.AsImmutableArray(values);
    }

    private static ImmutableArray<ParamValue> Params(J.TrialChunk wire, ref int at, int shape)
    {
        if (shape < 0 || shape >= wire.Shapes.Count)
            throw new SerializationException($"A chunk of trials has no shape {shape}.");
        var names = wire.Shapes[shape].Params;
        if (names.Count > wire.Params.Count - at)
            throw new SerializationException("A chunk of trials has too few parameter values.");
        var values = new ParamValue[names.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = new ParamValue(names[i], wire.Params[at++]);
        return ImmutableCollectionsMarshal.AsImmutableArray(values);
    }
}
