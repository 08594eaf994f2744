using System.CommandLine;
using Optuna.Studies;

namespace Optuna.Cli.Commands;

/// <summary><c>rename-study</c>: prints the new name. Optuna has no such verb.</summary>
internal sealed class RenameStudyCommand : Command
{
    private readonly Option<string> _name = CommonOptions.StudyName("The study to rename.");
    private readonly Option<string> _newName = new("--new-name") { Description = "A name no other study has.", Required = true };

    public RenameStudyCommand(CommonOptions common)
        : base("rename-study", "Give a study another name and print it.")
    {
        Add(_name);
        Add(_newName);
        SetAction((parsed, cancel) =>
        {
            var newName = parsed.GetRequiredValue(_newName);
            if (StudyRules.NameFault(newName) is { } fault)
                throw new ArgumentException($"--new-name: {fault}");
            return common.RunAsync(parsed, mayCreate: false, async (storage, c) =>
            {
                await storage.Client.RenameStudyAsync(parsed.GetRequiredValue(_name), newName, c).ConfigureAwait(false);
                return newName;
            }, cancel);
        });
    }
}
