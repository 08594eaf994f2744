using System.CommandLine;

namespace Optuna.Cli.Commands;

/// <summary><c>study</c>: the verbs of two words.</summary>
internal sealed class StudyCommand : Command
{
    public StudyCommand(CommonOptions common)
        : base("study", "Change a study.") =>
        Add(new SetUserAttrCommand(common));
}
