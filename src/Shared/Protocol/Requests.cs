using System.Collections.Immutable;
using Optuna.Studies;

namespace Optuna.Cluster.Protocol;

/// <summary>A wish or question for one study.</summary>
/// <param name="Id">Chosen by the sender; the answer carries it. Sent again, it keeps its number.</param>
/// <param name="Body">An <see cref="IStudyCommand"/> or an <see cref="IStudyQuery"/>.</param>
public sealed record StudyRequest(StudyId Study, long Id, object Body) : IWireMessage;

/// <summary>A wish or question for the catalogue of studies.</summary>
public sealed record CatalogRequest(long Id, ICatalogCommand Body) : IWireMessage;

/// <summary>The answer to the request of that number.</summary>
public sealed record Response(long Id, IStudyReply Reply) : IWireMessage;

/// <summary>This worker lives and holds these trials: their leases are renewed. Not answered.</summary>
/// <param name="Trials">None: all that are its own, as older workers say.</param>
/// <remarks>
/// Trials are named since a worker may not know of one that is its own: an ask that was sent twice can be answered twice, with "no trial
/// left" and, after a pause, with a trial nobody waits for any more. What no heartbeat names runs out.
/// </remarks>
public sealed record WorkerHeartbeat(StudyId Study, WorkerId Worker, ImmutableArray<int> Trials) : IWireMessage;

/// <summary>The sender wants to be told whenever this study changes, for <see cref="For"/> from now on: it says so again before that time is over, since studies move and restart.</summary>
/// <remarks>Answered at once, and after every change, by <see cref="StudyChanged"/>. A study that is watched stays awake.</remarks>
public sealed record WatchStudy(StudyId Study) : IWireMessage
{
    public static readonly TimeSpan For = TimeSpan.FromSeconds(10);
}

/// <summary>The sender wants to be told whenever any study that a coordinator hosts changes, for <see cref="WatchStudy.For"/> from now on.</summary>
/// <remarks>Told by <see cref="StudyChanged"/>, as far as studies are awake, which they need not be for this.</remarks>
public sealed record WatchStudies : IWireMessage
{
    public static readonly WatchStudies Instance = new();
}

/// <summary>The study is at this version now. Changes that come fast are told of together; what is lost on the way is made up for by the next.</summary>
/// <param name="Version">What <see cref="StudyReplies.Changes"/> and <see cref="StudySummary"/> count by; 0 for a study that was never made.</param>
public sealed record StudyChanged(StudyId Study, long Version) : IWireMessage;
