using Optuna.Cluster.Client;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Cli.Transfer;

/// <summary>Studies of ours into a store of Optuna's: all of them or none.</summary>
internal static class Exporter
{
    /// <param name="name">Null for all studies.</param>
    /// <param name="showProgress">A bar on stderr, where that is a terminal.</param>
    /// <returns>The studies, as they were written.</returns>
    /// <exception cref="StudyNotFoundException">There is no study of that name.</exception>
    /// <exception cref="TransferRefusedException">The store cannot take them; nothing was written.</exception>
    public static async Task<IReadOnlyList<ForeignStudy>> RunAsync(
        OptunaClient client, IForeignTarget target, string? name, bool showProgress, CancellationToken cancel)
    {
        IReadOnlyList<StudySummary> chosen = name is null
            ? await client.GetStudiesAsync(cancel).ConfigureAwait(false)
            : [await (await client.LoadStudyAsync(name, cancel).ConfigureAwait(false)).GetSummaryAsync(cancel).ConfigureAwait(false)];
        foreach (var study in chosen)
            await target.CheckNameAsync(study.Name, cancel).ConfigureAwait(false);

        List<ForeignStudy> studies = [];
        await TransferProgress.RunAsync(showProgress, "Export", chosen.Sum(s => (long)s.Counts.Total), async written =>
        {
            foreach (var s in chosen)
            {
                var study = new ForeignStudy(0, s.Name, s.Directions, s.UserAttrs, s.SystemAttrs, s.Counts.Total);
                await target.WriteAsync(study, Counted(OurStudy.TrialsAsync(client, s.Id, s.Counts.Total, cancel), written), cancel).ConfigureAwait(false);
                studies.Add(study);
            }

            await target.CommitAsync(cancel).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return studies;
    }

    private static async IAsyncEnumerable<FrozenTrial> Counted(IAsyncEnumerable<FrozenTrial> trials, Action<int> written)
    {
        await foreach (var trial in trials.ConfigureAwait(false))
        {
            yield return trial;
            written(1);
        }
    }
}
