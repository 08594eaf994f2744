using System.Collections.Immutable;
using Optuna.Studies;

namespace Optuna.Cluster.Protocol;

/// <summary>A wish or question about names of studies.</summary>
public interface ICatalogCommand : IWireMessage;

public static class CatalogCommands
{
    /// <summary>Answered by <see cref="CatalogReplies.StudyFound"/>.</summary>
    /// <param name="RequestId">Repeated with it, the study it made is answered.</param>
    /// <param name="LoadIfExists">Answer a study of that name instead of refusing.</param>
    public sealed record CreateStudy(Guid RequestId, StudyCommands.CreateStudy Study, bool LoadIfExists) : ICatalogCommand;

    public sealed record FindStudy(string Name) : ICatalogCommand;

    /// <summary>A page of studies in order of number: answered by <see cref="CatalogReplies.Studies"/>.</summary>
    /// <param name="After">Only larger numbers.</param>
    public sealed record ListStudies(int After, int Limit) : ICatalogCommand;

    public sealed record RenameStudy(string Name, string NewName) : ICatalogCommand;

    /// <param name="Study">Refused when the name is another study's by now; null for whichever has it.</param>
    public sealed record DeleteStudy(string Name, StudyId? Study = null) : ICatalogCommand;

    /// <summary>A coordinator hands its studies over and takes no more, or takes some again.</summary>
    /// <param name="Node">HOST:PORT, as it was started.</param>
    public sealed record DrainNode(string Node, bool Drained) : ICatalogCommand;

    /// <summary>Answered by <see cref="CatalogReplies.DrainedNodes"/>.</summary>
    public sealed record ListDrainedNodes : ICatalogCommand;
}

public static class CatalogReplies
{
    /// <param name="Created">It was made by this very request.</param>
    public sealed record StudyFound(StudyId Study, string Name, bool Created) : IStudyReply;

    /// <param name="More">There are studies after the last of this page.</param>
    public sealed record Studies(ImmutableArray<StudyFound> Page, bool More) : IStudyReply;

    /// <param name="Nodes">HOST:PORT, in order.</param>
    public sealed record DrainedNodes(ImmutableArray<string> Nodes) : IStudyReply;
}

/// <summary>A fact about the names of studies, or about who hosts them.</summary>
public interface ICatalogEvent : IWireMessage;

public static class CatalogEvents
{
    /// <summary>A number and a name were given out. <paramref name="Spec"/> lets the study be made even if the node died before making it.</summary>
    public sealed record StudyRegistered(StudyId Study, Guid RequestId, StudyCommands.CreateStudy Spec) : ICatalogEvent;

    public sealed record StudyRenamed(StudyId Study, string Name) : ICatalogEvent;

    /// <summary>The name is free again; the number stays taken.</summary>
    public sealed record StudyRemoved(StudyId Study) : ICatalogEvent;

    /// <param name="Node">HOST:PORT.</param>
    public sealed record NodeDrainSet(string Node, bool Drained) : ICatalogEvent;
}
