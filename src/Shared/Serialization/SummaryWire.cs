using Optuna.Studies;
using W = Optuna.Cluster.Protos.Wire;

namespace Optuna.Cluster.Serialization;

/// <summary>Summaries of studies.</summary>
internal static class SummaryWire
{
    public static W.StudySummary Write(StudySummary s)
    {
        var wire = new W.StudySummary
        {
            Study = s.Id.Value,
            Spec = StudySpecWire.Write(s.Name, s.Directions, s.Sampler, s.Pruner, s.Seed, s.Retry, s.StopWhen),
            Counts = new()
            {
                Waiting = s.Counts.Waiting, Running = s.Counts.Running, Complete = s.Counts.Complete, Pruned = s.Counts.Pruned, Fail = s.Counts.Fail,
            },
        };
        TrialWire.Write(s.UserAttrs, wire.UserAttrs);
        TrialWire.Write(s.SystemAttrs, wire.SystemAttrs);
        if (s.DatetimeStart is { } start)
            wire.Started = WireValue.Ticks(start);
        if (s.BestTrial is { } best)
            wire.BestTrial = best;
        wire.Mode = WireValue.Write(s.Mode);
        if (s.Budget is { } budget)
            wire.Budget = budget;
        wire.Version = s.Version;
        if (s.CreatedAt is { } created)
            wire.Created = WireValue.Ticks(created);
        if (s.UpdatedAt is { } updated)
            wire.Updated = WireValue.Ticks(updated);
        if (s.BestFeasible is { } feasible)
            wire.BestFeasible = new() { Number = feasible.Number, Value = feasible.Value };
        return wire;
    }

    public static StudySummary Read(W.StudySummary w)
    {
        var spec = StudySpecWire.Read(w.Spec);
        var c = WireValue.Required(w.Counts, "Counts");
        return new(
            new StudyId(w.Study), spec.Name, spec.Directions, spec.Sampler, spec.Pruner, spec.Seed, spec.Retry,
            TrialWire.Read(w.UserAttrs), TrialWire.Read(w.SystemAttrs), new TrialCounts(c.Waiting, c.Running, c.Complete, c.Pruned, c.Fail),
            w.HasStarted ? WireValue.ReadUtc(w.Started) : null, w.HasBestTrial ? w.BestTrial : null)
        {
            Mode = WireValue.Read(w.Mode), Budget = w.HasBudget ? w.Budget : null, StopWhen = spec.StopWhen,
            Version = w.Version, CreatedAt = w.HasCreated ? WireValue.ReadUtc(w.Created) : null, UpdatedAt = w.HasUpdated ? WireValue.ReadUtc(w.Updated) : null,
            BestFeasible = w.BestFeasible is { } best ? new BestFeasible(best.Number, best.Value) : null,
        };
    }
}
