using Optuna.Cluster.Client;
using Optuna.Trials;

namespace Optuna.Cli.Transfer;

/// <summary>Studies of Optuna's into ours: read through and judged first, made afterwards.</summary>
internal static class Importer
{
    /// <summary>Reads all that shall be imported and makes nothing.</summary>
    /// <param name="name">Null for all studies.</param>
    /// <returns>The studies to import.</returns>
    /// <exception cref="StudyNotFoundException">There is no study of that name.</exception>
    /// <exception cref="TransferRefusedException">Something cannot be understood or taken; the message names it.</exception>
    public static async Task<IReadOnlyList<ForeignStudy>> CheckAsync(
        IForeignSource source, string? name, bool showProgress, CancellationToken cancel)
    {
        IReadOnlyList<ForeignStudy> studies = name is null ? source.Studies : [.. source.Studies.Where(s => s.Name == name)];
        if (name is not null && studies.Count == 0)
            throw new StudyNotFoundException($"--study-name: there is no study '{name}' in what --from names.");
        await TransferProgress.RunAsync(showProgress, "Check", Total(studies), async done =>
        {
            foreach (var study in studies)
            {
                var check = new StudyCheck(study);
                await foreach (var trial in source.TrialsAsync(study, cancel).ConfigureAwait(false))
                {
                    check.Next(trial);
                    done(1);
                }

                check.End();
            }
        }).ConfigureAwait(false);
        return studies;
    }

    /// <param name="studies">Checked before.</param>
    /// <exception cref="DuplicatedStudyException">A name is taken; nothing was made.</exception>
    /// <exception cref="TransferRefusedException">A study could not be made whole; those before it stay.</exception>
    public static async Task RunAsync(
        IForeignSource source, IReadOnlyList<ForeignStudy> studies, OptunaClient client, bool showProgress, CancellationToken cancel)
    {
        var taken = (await client.GetStudyNamesAsync(cancel).ConfigureAwait(false)).ToHashSet();
        if (studies.FirstOrDefault(s => taken.Contains(s.Name)) is { } same)
            throw new DuplicatedStudyException($"A study '{same.Name}' is there already; nothing was imported.");
        await TransferProgress.RunAsync(showProgress, "Import", Total(studies), async done =>
        {
            foreach (var study in studies)
                await OurStudy.CreateAsync(client, study, source.TrialsAsync(study, cancel), done, cancel).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    private static long Total(IEnumerable<ForeignStudy> studies) => studies.Sum(s => (long)s.TrialCount);
}
