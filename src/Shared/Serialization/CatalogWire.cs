using System.Runtime.Serialization;
using Optuna.Cluster.Protocol;
using Optuna.Studies;
using J = Optuna.Cluster.Protos.Journal;
using Kind = Optuna.Cluster.Protos.Wire.CatalogRequest.BodyOneofCase;
using W = Optuna.Cluster.Protos.Wire;

namespace Optuna.Cluster.Serialization;

/// <summary>Wishes for the catalogue, and the rows of its journal.</summary>
internal static class CatalogWire
{
    public static W.CatalogRequest Write(CatalogRequest request) => request.Body switch
    {
        CatalogCommands.CreateStudy c => new()
        {
            Id = request.Id,
            CreateStudy = new()
            {
                RequestId = WireValue.Write(c.RequestId), Study = StudySpecWire.Write(WireValue.Required(c.Study, "Study")), LoadIfExists = c.LoadIfExists,
            },
        },
        CatalogCommands.FindStudy c => new() { Id = request.Id, FindStudy = Name(c.Name) },
        CatalogCommands.ListStudies c => new() { Id = request.Id, ListStudies = new() { After = c.After, Limit = c.Limit } },
        CatalogCommands.RenameStudy c => new()
        {
            Id = request.Id, RenameStudy = new() { Name = WireText.Data(c.Name, "Name"), NewName = WireText.Data(c.NewName, "NewName") },
        },
        CatalogCommands.DeleteStudy c => new() { Id = request.Id, DeleteStudy = Write(c) },
        CatalogCommands.DrainNode c => new() { Id = request.Id, DrainNode = new() { Node = WireText.Data(c.Node, "Node"), Drained = c.Drained } },
        CatalogCommands.ListDrainedNodes => new() { Id = request.Id, ListDrainedNodes = SessionWire.Nothing },
        var other => throw new SerializationException($"A catalogue request cannot carry {other?.GetType().Name ?? "null"}."),
    };

    public static CatalogRequest Read(W.CatalogRequest wire) => new(wire.Id, wire.BodyCase switch
    {
        Kind.CreateStudy => new CatalogCommands.CreateStudy(
            WireValue.ReadGuid(wire.CreateStudy.RequestId), StudySpecWire.Read(wire.CreateStudy.Study), wire.CreateStudy.LoadIfExists),
        Kind.FindStudy => new CatalogCommands.FindStudy(wire.FindStudy.Name),
        Kind.ListStudies => new CatalogCommands.ListStudies(wire.ListStudies.After, wire.ListStudies.Limit),
        Kind.RenameStudy => new CatalogCommands.RenameStudy(wire.RenameStudy.Name, wire.RenameStudy.NewName),
        Kind.DeleteStudy => new CatalogCommands.DeleteStudy(
            wire.DeleteStudy.Name, wire.DeleteStudy.HasStudy ? new StudyId(wire.DeleteStudy.Study) : null),
        Kind.DrainNode => new CatalogCommands.DrainNode(wire.DrainNode.Node, wire.DrainNode.Drained),
        Kind.ListDrainedNodes => new CatalogCommands.ListDrainedNodes(),
        _ => throw new SerializationException("A catalogue request carries nothing this version knows."),
    });

    public static J.StudyRegistered Write(CatalogEvents.StudyRegistered e) => new()
    {
        Study = e.Study.Value, RequestId = WireValue.Write(e.RequestId), Spec = StudySpecWire.Write(WireValue.Required(e.Spec, "Spec")),
    };

    public static CatalogEvents.StudyRegistered Read(J.StudyRegistered wire) =>
        new(new StudyId(wire.Study), WireValue.ReadGuid(wire.RequestId), StudySpecWire.Read(wire.Spec));

    public static J.CatalogStudyRenamed Write(CatalogEvents.StudyRenamed e) => new() { Study = e.Study.Value, Name = WireText.Data(e.Name, "Name") };

    public static CatalogEvents.StudyRenamed Read(J.CatalogStudyRenamed wire) => new(new StudyId(wire.Study), wire.Name);

    public static J.StudyRemoved Write(CatalogEvents.StudyRemoved e) => new() { Study = e.Study.Value };

    public static CatalogEvents.StudyRemoved Read(J.StudyRemoved wire) => new(new StudyId(wire.Study));

    public static J.NodeDrainSet Write(CatalogEvents.NodeDrainSet e) => new() { Node = WireText.Data(e.Node, "Node"), Drained = e.Drained };

    public static CatalogEvents.NodeDrainSet Read(J.NodeDrainSet wire) => new(wire.Node, wire.Drained);

    private static W.StudyByName Write(CatalogCommands.DeleteStudy c)
    {
        var wire = Name(c.Name);
        if (c.Study is { } study)
            wire.Study = study.Value;
        return wire;
    }

    private static W.StudyByName Name(string name) => new() { Name = WireText.Data(name, "Name") };
}
