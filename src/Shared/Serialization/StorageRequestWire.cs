using System.Runtime.Serialization;
using Optuna.Studies;
using Optuna.Trials;
using W = Optuna.Cluster.Protos.Wire;

namespace Optuna.Cluster.Serialization;

/// <summary>What clients of the storage contract wish of one study.</summary>
internal static class StorageRequestWire
{
    /// <returns>False when it is none of these.</returns>
    public static bool Write(object? body, W.StudyRequest wire)
    {
        switch (body)
        {
            case StorageCommands.SetTrialParam c:
                wire.SetTrialParam = new() { Number = c.Number, Param = TrialWire.Write(new TrialParam(c.Name, c.Distribution, c.Value)) };
                return true;
            case StudyQueries.GetChanges q:
                wire.GetChanges = new() { Version = q.Version, Finished = q.Finished, Limit = q.Limit };
                return true;
            case StorageCommands.SetTrialState c:
                wire.SetTrialState = new()
                {
                    RequestId = WireValue.Write(c.RequestId), Worker = WireText.Data(c.Worker.Value ?? "", "Worker"), Number = c.Number,
                    State = WireValue.Write(c.State),
                };
                WireValue.Write(c.Values, wire.SetTrialState.Values);
                return true;
            case StorageCommands.CreateTrial c:
                wire.CreateTrial = new() { RequestId = WireValue.Write(c.RequestId), Worker = WireText.Data(c.Worker.Value ?? "", "Worker") };
                if (c.Template is { } template)
                    wire.CreateTrial.Template = TrialWire.Write(template);
                return true;
            case StorageCommands.SetIntermediateValue c:
                wire.SetIntermediateValue = new() { Number = c.Number, Step = c.Step, Value = c.Value };
                return true;
            case StorageCommands.AddTrials c:
                wire.AddTrials = new() { First = c.First };
                TrialWire.Write(c.Trials, wire.AddTrials.Trials, "Trials");
                return true;
            default:
                return false;
        }
    }

    public static StorageCommands.CreateTrial Read(W.CreateTrial w) =>
        new(WireValue.ReadGuid(w.RequestId), new WorkerId(w.Worker), w.Template is null ? null : TrialWire.Read(w.Template));

    public static StorageCommands.SetTrialParam Read(W.SetTrialParam w)
    {
        if (w.Param is null)
            throw new SerializationException("'Param' is missing.");
        return new(w.Number, w.Param.Name, w.Param.Value, DistributionWire.Read(w.Param.Distribution));
    }

    public static StorageCommands.SetTrialState Read(W.SetTrialState w) => new(
        WireValue.ReadGuid(w.RequestId), new WorkerId(w.Worker), w.Number, WireValue.Read(w.State), WireValue.Read(w.Values));
}
