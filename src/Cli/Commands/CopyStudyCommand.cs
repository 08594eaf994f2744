using System.CommandLine;

namespace Optuna.Cli.Commands;

/// <summary><c>copy-study</c>: prints the new study's name.</summary>
internal sealed class CopyStudyCommand : Command
{
    private readonly Option<string> _from = CommonOptions.StudyName("The study to copy.");
    private readonly Option<string?> _to = new("--to-study-name") { Description = "Name of the copy; without it one that nobody else has." };

    public CopyStudyCommand(CommonOptions common)
        : base("copy-study", "Copy a study with its settings, attributes and trials, and print the copy's name.")
    {
        Add(_from);
        Add(_to);
        SetAction((parsed, cancel) =>
        {
            var to = parsed.GetValue(_to);
            if (to is not null && Optuna.Studies.StudyRules.NameFault(to) is { } fault)
                throw new ArgumentException($"--to-study-name: {fault}");
            return common.RunAsync(parsed, mayCreate: false, async (storage, c) =>
                (await storage.Client.CopyStudyAsync(parsed.GetRequiredValue(_from), to, c).ConfigureAwait(false)).Name, cancel);
        });
    }
}
