using Optuna.Cluster.Protocol;
using Optuna.Studies;

namespace Optuna.Tests.Serialization;

/// <summary>Every message and event there is, found by reflection, each inside what carries it.</summary>
internal static class Protocol
{
    /// <summary>These never leave the shell of a study: the value is drawn, and the question repeated, within one node.</summary>
    private static readonly Type[] s_internal = [typeof(StudyReplies.SampleNeeded), typeof(StudyCommands.RecordDrawn), typeof(StudyCommands.AdvisePrune)];

    private static readonly Type[] s_roles =
        [typeof(IStudyEvent), typeof(IStudyCommand), typeof(IStudyQuery), typeof(IStudyReply), typeof(ICatalogCommand), typeof(ICatalogEvent), typeof(IWireMessage)];

    /// <summary>Types of the product that play a role on the wire or in a journal.</summary>
    public static IReadOnlyList<Type> Types { get; } =
    [
        .. new[] { typeof(IStudyEvent).Assembly, typeof(IWireMessage).Assembly }
            .SelectMany(a => a.GetTypes())
            .Where(t => t is { IsAbstract: false, IsInterface: false } && s_roles.Any(r => r.IsAssignableFrom(t)))
            .Except(s_internal)
            .OrderBy(t => t.FullName, StringComparer.Ordinal),
    ];

    /// <summary>The message as it is sent or stored: what cannot stand alone is put into its carrier.</summary>
    public static IWireMessage Carried(object part) => part switch
    {
        IStudyEvent e => new EventBatch([e]),
        IStudyCommand or IStudyQuery => new StudyRequest(new StudyId(7), 42, part),
        IStudyReply r => new Response(42, r),
        ICatalogCommand c => new CatalogRequest(42, c),
        IWireMessage m => m,
        _ => throw new ArgumentException($"{part.GetType()} has no carrier."),
    };

    public static IEnumerable<(string Name, IWireMessage Message)> Samples =>
        from type in Types
        from variant in Enum.GetValues<SampleVariant>()
        select (NameOf(type, variant), Carried(new SampleMaker(variant).Make(type)));

    public static string NameOf(Type type, SampleVariant variant) =>
        $"{(type.DeclaringType is { } holder ? holder.Name + "." : "")}{type.Name}/{variant}";
}
