using System.CommandLine;
using Optuna.Cli.Storage;
using Optuna.Cli.Transfer;
using Optuna.Cli.Transfer.Rdb;
using Optuna.CommandLine;

namespace Optuna.Cli.Commands;

/// <summary><c>export</c>: prints the names of the studies it wrote.</summary>
internal sealed class ExportCommand : Command
{
    private readonly TransferOptions _options = new("--to", "A store of Optuna's own, which is made if it is not there");

    private readonly Option<RdbVersion?> _schema = CommandRunner.CheckedOption<RdbVersion?>("--schema", null, RdbVersion.Parse,
        $"Version of the tables: {RdbVersion.V300D.Head} for Optuna 3.0 and 3.1, {RdbVersion.V320A.Head} for all later ones. Without it the newest, or what is there.");

    public ExportCommand(CommonOptions common)
        : base("export", "Write studies into a database or journal file as Optuna keeps them.")
    {
        foreach (var option in new Option[] { _options.Store, _options.StudyName, _schema, _options.Times })
            Add(option);
        SetAction((parsed, cancel) =>
        {
            var (storage, verbosity) = common.Read(parsed);
            var url = _options.Url(parsed, storage);
            return _options.GuardAsync(url, () => common.RunAsync(parsed, mayCreate: false, (s, c) => RunAsync(parsed, url, verbosity, s, c), cancel));
        });
    }

    private async Task<string?> RunAsync(ParseResult parsed, string url, Verbosity verbosity, StudyStorage storage, CancellationToken cancel)
    {
        await using var target = await ForeignStores.OpenTargetAsync("--to", url, parsed.GetValue(_schema), parsed.GetValue(_options.Times), cancel)
            .ConfigureAwait(false);
        var studies = await Exporter.RunAsync(storage.Client, target, parsed.GetValue(_options.StudyName), verbosity > Verbosity.Quiet, cancel)
            .ConfigureAwait(false);
        storage.Note(TransferOptions.Summary("Exported", studies, target.Notes));
        return studies.Count == 0 ? null : string.Join('\n', studies.Select(s => s.Name));
    }
}
