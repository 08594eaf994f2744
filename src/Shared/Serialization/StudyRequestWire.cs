using System.Runtime.Serialization;
using Optuna.Cluster.Protocol;
using Optuna.Studies;
using C = Optuna.Cluster.Protos.Common;
using W = Optuna.Cluster.Protos.Wire;

namespace Optuna.Cluster.Serialization;

/// <summary>Writes wishes and questions for one study.</summary>
internal static class StudyRequestWire
{
    public static W.StudyRequest Write(StudyRequest request)
    {
        var wire = new W.StudyRequest { Study = request.Study.Value, Id = request.Id };
        // The frequent ones first: the cases are tried in order.
        switch (request.Body)
        {
            case StudyCommands.ReportValue c:
                wire.ReportValue = new() { Number = c.Number, Lease = c.Lease, Step = c.Step, Value = c.Value };
                TrialWire.Write(c.Used, wire.ReportValue.Used);
                WireValue.Write(c.More, wire.ReportValue.More);
                break;
            case StudyCommands.SuggestParam c:
                wire.SuggestParam = Write(c);
                break;
            case StudyCommands.AskTrial c:
                wire.AskTrial = new() { Worker = WireText.Data(c.Worker.Value, "Worker"), RequestId = WireValue.Write(c.RequestId) };
                if (c.Budget is { } budget)
                    wire.AskTrial.Budget = budget;
                break;
            case StudyCommands.TellTrial c:
                wire.TellTrial = Write(c);
                break;
            case StudyCommands.SetTrialAttr c:
                wire.SetTrialAttr = new()
                {
                    Number = c.Number, Lease = c.Lease, Kind = WireValue.Write(c.Kind), Key = WireText.Data(c.Key, "Key"), Json = WireText.Data(c.Json, "Json"),
                    EvenWaiting = c.EvenWaiting,
                };
                break;
            case StudyCommands.AbandonTrial c:
                wire.AbandonTrial = new() { Number = c.Number, Lease = c.Lease, Reason = WireText.Sentence(c.Reason, "Reason") };
                break;
            case StudyCommands.EnqueueTrial c:
                wire.EnqueueTrial = new()
                {
                    RequestId = WireValue.Write(c.RequestId), Params = WireText.Data(c.Params, "Params"), SkipIfExists = c.SkipIfExists,
                };
                TrialWire.Write(c.UserAttrs, wire.EnqueueTrial.UserAttrs);
                break;
            case StudyCommands.AddTrial c:
                wire.AddTrial = new() { RequestId = WireValue.Write(c.RequestId), Trial = TrialWire.Write(WireValue.Required(c.Trial, "Trial")) };
                break;
            case StudyCommands.CreateStudy c:
                wire.CreateStudy = StudySpecWire.Write(c);
                break;
            case StudyCommands.RenameStudy c:
                wire.RenameStudy = new() { Name = WireText.Data(c.Name, "Name") };
                break;
            case StudyCommands.DeleteStudy:
                wire.DeleteStudy = SessionWire.Nothing;
                break;
            case StudyCommands.SetStudyAttr c:
                wire.SetStudyAttr = new() { Kind = WireValue.Write(c.Kind), Key = WireText.Data(c.Key, "Key"), Json = WireText.Data(c.Json, "Json") };
                break;
            case StudyCommands.SetMetricNames c:
                wire.SetMetricNames = new();
                WireValue.Write(c.Names, wire.SetMetricNames.Names, "Names");
                break;
            case StudyCommands.SetMode c:
                wire.SetMode = new() { Mode = WireValue.Write(c.Mode) };
                break;
            case StudyCommands.SetBudget c:
                wire.SetBudget = new();
                if (c.Trials is { } trials)
                    wire.SetBudget.Trials = trials;
                break;
            case StudyCommands.DrainWorker c:
                wire.DrainWorker = new() { Worker = WireText.Data(c.Worker.Value, "Worker") };
                break;
            case StudyQueries.GetLeases:
                wire.GetLeases = SessionWire.Nothing;
                break;
            case StudyQueries.GetSummary:
                wire.GetSummary = SessionWire.Nothing;
                break;
            case StudyQueries.GetTrials q:
                wire.GetTrials = Write(q);
                break;
            case StudyQueries.GetTrial q:
                wire.GetTrial = new() { Number = q.Number };
                break;
            case StudyQueries.GetBestTrial:
                wire.GetBestTrial = SessionWire.Nothing;
                break;
            case StudyQueries.GetBestTrials:
                wire.GetBestTrials = SessionWire.Nothing;
                break;
            default:
                if (!StorageRequestWire.Write(request.Body, wire))
                    throw new SerializationException($"A study request cannot carry {request.Body?.GetType().Name ?? "null"}.");
                break;
        }

        return wire;
    }

    private static W.SuggestParam Write(StudyCommands.SuggestParam c)
    {
        var wire = new W.SuggestParam
        {
            Number = c.Number, Lease = c.Lease, Name = WireText.Data(c.Name, "Name"), Distribution = DistributionWire.Write(c.Distribution),
        };
        TrialWire.Write(c.Used, wire.Used);
        if (c.Sampled is { } sampled)
            wire.Sampled = sampled;
        return wire;
    }

    private static W.TellTrial Write(StudyCommands.TellTrial c)
    {
        var wire = new W.TellTrial { Number = c.Number, Lease = c.Lease, SkipIfFinished = c.SkipIfFinished };
        if (c.State is { } state)
            wire.State = WireValue.Write(state);
        if (c.Reason is { } reason)
            wire.Reason = WireText.Sentence(reason, "Reason");
        WireValue.Write(c.Values, wire.Values);
        TrialWire.Write(c.Used, wire.Used);
        return wire;
    }

    private static W.GetTrials Write(StudyQueries.GetTrials q)
    {
        var wire = new W.GetTrials { From = q.From, Limit = q.Limit };
        if (!q.States.IsDefault)
        {
            foreach (var state in q.States)
                wire.States.Add(WireValue.Write(state));
        }

        return wire;
    }
}
