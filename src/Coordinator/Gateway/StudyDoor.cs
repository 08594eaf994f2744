using Akka.Actor;
using Optuna.Cluster.Protocol;
using Optuna.Studies;

namespace Optuna.Coordinator.Gateway;

/// <summary>Asks studies and the catalogue, wherever they live, again and again until they answer: a call stalls through a fail-over instead of failing.</summary>
/// <remarks>Every question is safe to repeat. Past <paramref name="patience"/> the call fails with <see cref="CoordinatorUnreachableException"/>.</remarks>
internal sealed class StudyDoor(IActorRef studies, IActorRef catalog, TimeSpan patience)
{
    private const int SummariesAtOnce = 32, NamesAtOnce = 1000;

    private static readonly TimeSpan ResendAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan NotNow = TimeSpan.FromMilliseconds(100);

    /// <param name="body">An <see cref="IStudyCommand"/> or <see cref="IStudyQuery"/>.</param>
    public Task<IStudyReply> AskAsync(StudyId study, object body, CancellationToken cancel) =>
        InsistAsync(studies, new StudyRequest(study, 0, body), cancel);

    public Task<IStudyReply> AskAsync(ICatalogCommand command, CancellationToken cancel) =>
        InsistAsync(catalog, new CatalogRequest(0, command), cancel);

    /// <summary>Every study there is, in order of number.</summary>
    public async Task<List<StudyId>> StudiesAsync(CancellationToken cancel)
    {
        var all = new List<StudyId>();
        for (var more = true; more;)
        {
            var after = all.Count == 0 ? 0 : all[^1].Value;
            var page = ReplyErrors.Expect<CatalogReplies.Studies>(await AskAsync(new CatalogCommands.ListStudies(after, NamesAtOnce), cancel).ConfigureAwait(false));
            all.AddRange(page.Page.Select(s => s.Study));
            more = page.More;
        }

        return all;
    }

    /// <summary>Studies with their counts, in the order given; those deleted meanwhile are left out.</summary>
    public async Task<List<StudySummary>> SummariesAsync(IEnumerable<StudyId> studies, CancellationToken cancel)
    {
        var all = new List<StudySummary>();
        foreach (var some in studies.Chunk(SummariesAtOnce))
        {
            var summaries = await Task.WhenAll(some.Select(s => AskAsync(s, new StudyQueries.GetSummary(), cancel))).ConfigureAwait(false);
            all.AddRange(summaries.OfType<StudyReplies.Summary>().Select(s => s.Study));
        }

        return all;
    }

    /// <summary>Every study with its counts, as it is now.</summary>
    public async Task<List<StudySummary>> SummariesAsync(CancellationToken cancel) =>
        await SummariesAsync(await StudiesAsync(cancel).ConfigureAwait(false), cancel).ConfigureAwait(false);

    /// <summary>The study tells <paramref name="watcher"/> of its changes, for <see cref="WatchStudy.For"/>; not certain to arrive, and so repeated.</summary>
    public void Watch(StudyId study, IActorRef watcher) => studies.Tell(new WatchStudy(study), watcher);

    /// <summary>Renews the lease of a trial; not answered.</summary>
    public void Renew(StudyId study, WorkerId worker, int number) => studies.Tell(new WorkerHeartbeat(study, worker, [number]));

    private async Task<IStudyReply> InsistAsync(IActorRef to, IWireMessage message, CancellationToken cancel)
    {
        var start = TimeProvider.System.GetTimestamp();
        var reason = "it does not answer";
        do
        {
            try
            {
                var reply = (await to.Ask<Response>(message, ResendAfter, cancel).ConfigureAwait(false)).Reply;
                if (reply is not StudyReplies.Rejected { Code: Rejection.Unavailable } refused)
                    return reply;
                reason = refused.Sentence;
                await Task.Delay(NotNow, cancel).ConfigureAwait(false);
            }
            catch (AskTimeoutException)
            {
            }
        }
        while (TimeProvider.System.GetElapsedTime(start) < patience);

        throw new CoordinatorUnreachableException($"The study could not be reached within {patience.TotalSeconds:0} s: {reason}.");
    }
}
