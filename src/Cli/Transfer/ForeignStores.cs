using Optuna.Cli.Transfer.JournalFile;
using Optuna.Cli.Transfer.Rdb;

namespace Optuna.Cli.Transfer;

/// <summary>Opens what a foreign URL names, whichever kind it is.</summary>
internal static class ForeignStores
{
    public static async Task<IForeignSource> OpenSourceAsync(string option, string text, StoredTimes? times, CancellationToken cancel) =>
        ForeignUrl.Parse(option, text) switch
        {
            ForeignUrl.Journal journal => JournalSource.Open(option, journal, times),
            var url => await RdbSource.OpenAsync(option, ((ForeignUrl.Rdb)url).Storage, times, cancel).ConfigureAwait(false),
        };

    /// <param name="schema">For databases only.</param>
    public static async Task<IForeignTarget> OpenTargetAsync(
        string option, string text, RdbVersion? schema, StoredTimes? times, CancellationToken cancel) =>
        ForeignUrl.Parse(option, text) switch
        {
            ForeignUrl.Journal when schema is not null => throw new ArgumentException("--schema: only for databases; a journal file has no tables."),
            ForeignUrl.Journal journal => JournalTarget.Open(option, journal, times),
            var url => await RdbTarget.OpenAsync(option, ((ForeignUrl.Rdb)url).Storage, schema, times, cancel).ConfigureAwait(false),
        };
}
