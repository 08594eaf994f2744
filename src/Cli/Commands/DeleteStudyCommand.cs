using System.CommandLine;

namespace Optuna.Cli.Commands;

/// <summary><c>delete-study</c>.</summary>
internal sealed class DeleteStudyCommand : Command
{
    private readonly Option<string> _name = CommonOptions.StudyName("The study to delete.");

    public DeleteStudyCommand(CommonOptions common)
        : base("delete-study", "Delete a study and all its trials.")
    {
        Add(_name);
        SetAction((parsed, cancel) => common.RunAsync(parsed, mayCreate: false, async (storage, c) =>
        {
            var name = parsed.GetRequiredValue(_name);
            await storage.Client.DeleteStudyAsync(name, c).ConfigureAwait(false);
            storage.Note($"The study '{name}' was deleted.");
            return null;
        }, cancel));
    }
}
