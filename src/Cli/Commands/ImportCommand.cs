using System.CommandLine;
using Optuna.Cli.Storage;
using Optuna.Cli.Transfer;

namespace Optuna.Cli.Commands;

/// <summary><c>import</c>: prints the names of the studies it made.</summary>
internal sealed class ImportCommand : Command
{
    private readonly TransferOptions _options = new("--from", "A store of Optuna's own");
    private readonly CommonOptions _common;

    public ImportCommand(CommonOptions common)
        : base("import", "Take studies over from Optuna's own databases and journal files.")
    {
        _common = common;
        foreach (var option in new Option[] { _options.Store, _options.StudyName, _options.Times })
            Add(option);
        SetAction((parsed, cancel) =>
        {
            var (storage, verbosity) = common.Read(parsed);
            var url = _options.Url(parsed, storage);
            return _options.GuardAsync(url, () => RunAsync(parsed, url, verbosity, cancel));
        });
    }

    private async Task<int> RunAsync(ParseResult parsed, string url, Verbosity verbosity, CancellationToken cancel)
    {
        var showProgress = verbosity > Verbosity.Quiet;
        await using var source = await ForeignStores.OpenSourceAsync("--from", url, parsed.GetValue(_options.Times), cancel).ConfigureAwait(false);
        // All of it is understood before anything of ours is opened, let alone made.
        var studies = await Importer.CheckAsync(source, parsed.GetValue(_options.StudyName), showProgress, cancel).ConfigureAwait(false);
        if (studies.Count == 0)
        {
            if (verbosity > Verbosity.Quiet)
                await Console.Error.WriteLineAsync("There are no studies to import.").ConfigureAwait(false);
            return 0;
        }

        return await _common.RunAsync(parsed, mayCreate: true, async (storage, c) =>
        {
            await Importer.RunAsync(source, studies, storage.Client, showProgress, c).ConfigureAwait(false);
            storage.Note(TransferOptions.Summary("Imported", studies, source.Notes));
            return string.Join('\n', studies.Select(s => s.Name));
        }, cancel).ConfigureAwait(false);
    }
}
