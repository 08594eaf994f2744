using System.CommandLine;
using Optuna.Cli.Output;

namespace Optuna.Cli.Commands;

/// <summary><c>study-names</c>.</summary>
internal sealed class StudyNamesCommand : Command
{
    private readonly Option<OutputFormat> _format = CommonOptions.Format(OutputFormat.Value);

    public StudyNamesCommand(CommonOptions common)
        : base("study-names", "Show the names of all studies.")
    {
        Add(_format);
        SetAction((parsed, cancel) => common.RunAsync(parsed, mayCreate: false, async (storage, c) =>
        {
            var names = await storage.Client.GetStudyNamesAsync(c).ConfigureAwait(false);
            return parsed.GetValue(_format).Write(Records.Single("name", names), flatten: false);
        }, cancel));
    }
}
