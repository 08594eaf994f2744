using System.Collections.Immutable;
using Google.Protobuf.Collections;
using Optuna.Studies;
using C = Optuna.Cluster.Protos.Common;

namespace Optuna.Cluster.Serialization;

/// <summary>What a study is made from: in a wish, in events and in summaries.</summary>
internal static class StudySpecWire
{
    public static C.StudySpec Write(StudyCommands.CreateStudy s) => Write(s.Name, s.Directions, s.Sampler, s.Pruner, s.Seed, s.Retry, s.StopWhen);

    public static C.StudySpec Write(
        string name, ImmutableArray<StudyDirection> directions, ComponentSpec sampler, ComponentSpec pruner, ulong seed, RetryPolicy retry, ComponentSpec? stopWhen)
    {
        var wire = new C.StudySpec
        {
            Name = WireText.Data(name, "Name"), Sampler = Write(sampler, "Sampler"), Pruner = Write(pruner, "Pruner"), Seed = seed,
            RetryLimit = retry.Limit, InheritIntermediateValues = retry.InheritIntermediateValues, RetryAsNewTrial = retry.AsNewTrial,
        };
        if (stopWhen is not null)
            wire.StopWhen = Write(stopWhen, "StopWhen");
        if (!directions.IsDefault)
        {
            foreach (var direction in directions)
                wire.Directions.Add(WireValue.Write(direction));
        }

        return wire;
    }

    public static StudyCommands.CreateStudy Read(C.StudySpec? wire)
    {
        var w = WireValue.Required(wire, "Spec");
        return new(w.Name, Read(w.Directions), Read(w.Sampler, "Sampler"), Read(w.Pruner, "Pruner"), w.Seed,
            new RetryPolicy(w.RetryLimit, w.InheritIntermediateValues, w.RetryAsNewTrial),
            w.StopWhen is null ? null : Read(w.StopWhen, "StopWhen"));
    }

    private static ImmutableArray<StudyDirection> Read(RepeatedField<C.StudyDirection> directions)
    {
        var array = ImmutableArray.CreateBuilder<StudyDirection>(directions.Count);
        foreach (var direction in directions)
            array.Add(WireValue.Read(direction));
        return array.MoveToImmutable();
    }

    private static C.Component Write(ComponentSpec component, string field)
    {
        var c = WireValue.Required(component, field);
        return new() { Name = WireText.Data(c.Name, field), Options = WireText.Data(c.Options, field) };
    }

    private static ComponentSpec Read(C.Component? wire, string field)
    {
        var c = WireValue.Required(wire, field);
        return new(c.Name, c.Options);
    }
}
