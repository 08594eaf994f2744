using System.Collections.Immutable;
using System.Runtime.Serialization;
using Optuna.Cluster.Protocol;
using Optuna.Studies;
using Optuna.Trials;
using Kind = Optuna.Cluster.Protos.Wire.StudyRequest.BodyOneofCase;
using W = Optuna.Cluster.Protos.Wire;

namespace Optuna.Cluster.Serialization;

/// <summary>Reads what <see cref="StudyRequestWire"/> writes.</summary>
internal static class StudyRequestReader
{
    public static StudyRequest Read(W.StudyRequest wire) => new(new StudyId(wire.Study), wire.Id, wire.BodyCase switch
    {
        Kind.ReportValue => Read(wire.ReportValue),
        Kind.SuggestParam => Read(wire.SuggestParam),
        Kind.AskTrial => Read(wire.AskTrial),
        Kind.TellTrial => Read(wire.TellTrial),
        Kind.SetTrialAttr => Read(wire.SetTrialAttr),
        Kind.AbandonTrial => new StudyCommands.AbandonTrial(wire.AbandonTrial.Number, wire.AbandonTrial.Lease, wire.AbandonTrial.Reason),
        Kind.EnqueueTrial => Read(wire.EnqueueTrial),
        Kind.AddTrial => new StudyCommands.AddTrial(WireValue.ReadGuid(wire.AddTrial.RequestId), TrialWire.Read(wire.AddTrial.Trial)),
        Kind.CreateStudy => StudySpecWire.Read(wire.CreateStudy),
        Kind.RenameStudy => new StudyCommands.RenameStudy(wire.RenameStudy.Name),
        Kind.DeleteStudy => new StudyCommands.DeleteStudy(),
        Kind.SetStudyAttr => new StudyCommands.SetStudyAttr(WireValue.Read(wire.SetStudyAttr.Kind), wire.SetStudyAttr.Key, wire.SetStudyAttr.Json),
        Kind.SetMetricNames => new StudyCommands.SetMetricNames(WireValue.Read(wire.SetMetricNames.Names)),
        Kind.GetSummary => new StudyQueries.GetSummary(),
        Kind.GetTrials => Read(wire.GetTrials),
        Kind.GetTrial => new StudyQueries.GetTrial(wire.GetTrial.Number),
        Kind.GetBestTrial => new StudyQueries.GetBestTrial(),
        Kind.GetBestTrials => new StudyQueries.GetBestTrials(),
        Kind.SetMode => new StudyCommands.SetMode(WireValue.Read(wire.SetMode.Mode)),
        Kind.SetBudget => new StudyCommands.SetBudget(wire.SetBudget.HasTrials ? wire.SetBudget.Trials : null),
        Kind.DrainWorker => new StudyCommands.DrainWorker(new WorkerId(wire.DrainWorker.Worker)),
        Kind.GetLeases => new StudyQueries.GetLeases(),
        Kind.GetChanges => new StudyQueries.GetChanges(wire.GetChanges.Version, wire.GetChanges.Finished, wire.GetChanges.Limit),
        Kind.CreateTrial => StorageRequestWire.Read(wire.CreateTrial),
        Kind.AddTrials => new StorageCommands.AddTrials(wire.AddTrials.First, TrialWire.Read(wire.AddTrials.Trials)),
        Kind.SetTrialParam => StorageRequestWire.Read(wire.SetTrialParam),
        Kind.SetTrialState => StorageRequestWire.Read(wire.SetTrialState),
        Kind.SetIntermediateValue => new StorageCommands.SetIntermediateValue(
            wire.SetIntermediateValue.Number, wire.SetIntermediateValue.Step, wire.SetIntermediateValue.Value),
        _ => throw new SerializationException("A study request carries nothing this version knows."),
    });

    private static StudyCommands.AskTrial Read(W.AskTrial w) =>
        new(new WorkerId(w.Worker), WireValue.ReadGuid(w.RequestId), w.HasBudget ? w.Budget : null);

    private static StudyCommands.SuggestParam Read(W.SuggestParam w) => new(
        w.Number, w.Lease, w.Name, DistributionWire.Read(w.Distribution), TrialWire.Read(w.Used), w.HasSampled ? w.Sampled : null);

    private static StudyCommands.ReportValue Read(W.ReportValue w) => new(w.Number, w.Lease, w.Step, w.Value, TrialWire.Read(w.Used), WireValue.Read(w.More));

    private static StudyCommands.SetTrialAttr Read(W.SetTrialAttr w) => new(w.Number, w.Lease, WireValue.Read(w.Kind), w.Key, w.Json, w.EvenWaiting);

    private static StudyCommands.TellTrial Read(W.TellTrial w) => new(
        w.Number, w.Lease, w.HasState ? WireValue.Read(w.State) : null, WireValue.Read(w.Values), TrialWire.Read(w.Used),
        w.HasReason ? w.Reason : null, w.SkipIfFinished);

    private static StudyCommands.EnqueueTrial Read(W.EnqueueTrial w) =>
        new(WireValue.ReadGuid(w.RequestId), w.Params, TrialWire.Read(w.UserAttrs), w.SkipIfExists);

    private static StudyQueries.GetTrials Read(W.GetTrials w)
    {
        var states = ImmutableArray.CreateBuilder<TrialState>(w.States.Count);
        foreach (var state in w.States)
            states.Add(WireValue.Read(state));
        return new(w.From, w.Limit, states.MoveToImmutable());
    }
}
