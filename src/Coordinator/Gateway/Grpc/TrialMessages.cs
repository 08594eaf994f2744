using System.Collections.Immutable;
using Grpc.Core;
using Optuna.Cluster.Serialization;
using Optuna.Distributions;
using Optuna.Studies;
using Optuna.Trials;
using W = Optuna.Coordinator.Gateway.Grpc.Wire;

namespace Optuna.Coordinator.Gateway.Grpc;

/// <summary>Trials between the storage protocol and the engine. Texts of attributes and distributions pass unchanged.</summary>
internal static class TrialMessages
{
    private const int LongestRemembered = 4096;

    // A client repeats the same few texts with every trial; the same text gives the same object, which is compared at once.
    private static readonly RecentlyRead<string, Distribution> s_distributions = new(DistributionJson.ReadExact);

    public static W.Trial Write(StudyId study, FrozenTrial trial)
    {
        var wire = new W.Trial
        {
            TrialId = TrialIds.Of(study, trial.Number),
            Number = trial.Number,
            State = (W.TrialState)trial.State,
            DatetimeStart = StorageTime.Write(trial.DatetimeStart),
            DatetimeComplete = StorageTime.Write(trial.DatetimeComplete),
        };
        wire.Values.AddRange(trial.Values);
        foreach (var p in trial.ParamList)
        {
            wire.Params.Add(p.Name, p.Value);
            wire.Distributions.Add(p.Name, DistributionJson.TextOf(p.Distribution));
        }

        foreach (var (key, json) in trial.UserAttrs)
            wire.UserAttributes.Add(key, json);
        foreach (var (key, json) in trial.SystemAttrs)
            wire.SystemAttributes.Add(key, json);
        foreach (var (step, value) in trial.IntermediateValues)
            wire.IntermediateValues.Add(step, value);
        return wire;
    }

    /// <summary>A template: its number and id are not looked at.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT; the sentence names the field.</exception>
    public static FrozenTrial Read(W.Trial wire)
    {
        if (wire.Distributions.Keys.FirstOrDefault(name => !wire.Params.ContainsKey(name)) is { } valueless)
            throw StorageErrors.Of(StatusCode.InvalidArgument, $"Parameter '{valueless}' has a distribution, but no value.");
        return new FrozenTrial
        {
            State = Read(wire.State),
            Values = [.. wire.Values],
            DatetimeStart = StorageTime.Read(wire.DatetimeStart, "datetime_start"),
            DatetimeComplete = StorageTime.Read(wire.DatetimeComplete, "datetime_complete"),
            ParamList =
            [
                .. wire.Params.Select(p => wire.Distributions.TryGetValue(p.Key, out var text)
                    ? new TrialParam(p.Key, ReadDistribution(p.Key, text), p.Value)
                    : throw StorageErrors.Of(StatusCode.InvalidArgument, $"Parameter '{p.Key}' has a value, but no distribution.")),
            ],
            UserAttrs = [.. wire.UserAttributes],
            SystemAttrs = [.. wire.SystemAttributes],
            IntermediateValues = wire.IntermediateValues.ToImmutableSortedDictionary(),
        };
    }

    /// <exception cref="RpcException">INVALID_ARGUMENT: no state has this number.</exception>
    public static TrialState Read(W.TrialState state) => Enum.IsDefined((TrialState)state)
        ? (TrialState)state
        : throw StorageErrors.Of(StatusCode.InvalidArgument, $"'state' must be the number of a trial state (it is {(int)state}).");

    /// <exception cref="RpcException">INVALID_ARGUMENT: the text is not a distribution.</exception>
    public static Distribution ReadDistribution(string name, string text)
    {
        try
        {
            return text.Length <= LongestRemembered ? s_distributions.Get(text) : DistributionJson.ReadExact(text);
        }
        catch (ArgumentException e)
        {
            throw StorageErrors.Of(StatusCode.InvalidArgument, $"Parameter '{name}': {e.Message}");
        }
    }
}
