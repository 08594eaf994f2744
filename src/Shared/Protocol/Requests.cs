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

/// <summary>This worker lives: its leases in this study are renewed. Not answered.</summary>
public sealed record WorkerHeartbeat(StudyId Study, WorkerId Worker) : IWireMessage;
