using System.CommandLine;
using Optuna.Cli.Output;
using Optuna.Trials;

namespace Optuna.Cli.Commands;

/// <summary>What the verbs that show trials share: flags, and columns that depend on all trials of the study.</summary>
internal abstract class TrialListCommand : Command
{
    private readonly Option<string> _name = CommonOptions.StudyName("The study whose trials to show.");
    private readonly Option<OutputFormat> _format = CommonOptions.Format(OutputFormat.Table);
    private readonly Option<bool> _flatten = CommonOptions.Flatten("params and user_attrs");

    protected TrialListCommand(string name, string description, CommonOptions common)
        : base(name, description)
    {
        Add(_name);
        Add(_format);
        Add(_flatten);
        SetAction((parsed, cancel) => common.RunAsync(parsed, mayCreate: false, async (storage, c) =>
        {
            var study = await storage.Client.LoadStudyAsync(parsed.GetRequiredValue(_name), c).ConfigureAwait(false);
            var chosen = await ChooseAsync(study, c).ConfigureAwait(false);
            var records = await StudyTrials.RecordsAsync(study, chosen, c).ConfigureAwait(false);
            return Write(parsed.GetValue(_format), records, parsed.GetValue(_flatten));
        }, cancel));
    }

    /// <returns>Null for all.</returns>
    protected abstract Task<IReadOnlyList<FrozenTrial>?> ChooseAsync(Study study, CancellationToken cancel);

    protected virtual string Write(OutputFormat format, Records records, bool flatten) => format.Write(records, flatten);
}
