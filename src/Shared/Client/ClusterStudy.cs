using Optuna.Cluster.Protocol;
using Optuna.Studies;

namespace Optuna.Cluster.Client;

/// <summary>A study behind a coordinator.</summary>
internal sealed class ClusterStudy(OptunaClient client, StudyId id) : IStudyBackend
{
    public ValueTask<IStudyReply> SendAsync(IStudyCommand command, CancellationToken cancellationToken = default) =>
        new(client.SendAsync(n => new StudyRequest(id, n, command), cancellationToken));

    public ValueTask<IStudyReply> QueryAsync(IStudyQuery query, CancellationToken cancellationToken = default) =>
        new(client.SendAsync(n => new StudyRequest(id, n, query), cancellationToken));

    // Trials on a cluster always run beside others.
    public void PrepareForParallelTrials() { }
}
