using Optuna.Cluster.Protocol;
using Optuna.Studies;

namespace Optuna.Coordinator.Gateway.Http;

/// <summary>Every study with its counts, asked page by page.</summary>
internal static class StudyList
{
    private const int AtOnce = 64;

    public static async Task<List<StudySummary>> ReadAsync(StudyDoor door, CancellationToken cancel)
    {
        var all = new List<StudySummary>();
        for (var (after, more) = (0, true); more;)
        {
            var page = (await door.AskAsync(new CatalogCommands.ListStudies(after, AtOnce), cancel).ConfigureAwait(false)).OrProblem<CatalogReplies.Studies>();
            var summaries = await Task.WhenAll(page.Page.Select(s => door.AskAsync(s.Study, new StudyQueries.GetSummary(), cancel))).ConfigureAwait(false);
            // Those deleted since the page was made are left out.
            all.AddRange(summaries.OfType<StudyReplies.Summary>().Select(s => s.Study));
            (after, more) = (page.Page.IsEmpty ? 0 : page.Page[^1].Study.Value, page.More);
        }

        return all;
    }
}
