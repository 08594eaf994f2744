using System.CommandLine;
using Optuna.Cli.Output;

namespace Optuna.Cli.Commands;

/// <summary><c>studies</c>.</summary>
internal sealed class StudiesCommand : Command
{
    private readonly Option<OutputFormat> _format = CommonOptions.Format(OutputFormat.Table);
    private readonly Option<bool> _flatten = CommonOptions.Flatten("direction");

    public StudiesCommand(CommonOptions common)
        : base("studies", "Show a list of studies.")
    {
        Add(_format);
        Add(_flatten);
        SetAction((parsed, cancel) => common.RunAsync(parsed, mayCreate: false, async (storage, c) =>
        {
            var studies = await storage.Client.GetStudiesAsync(c).ConfigureAwait(false);
            return parsed.GetValue(_format).Write(StudyRecords.Of(studies), parsed.GetValue(_flatten));
        }, cancel));
    }
}
