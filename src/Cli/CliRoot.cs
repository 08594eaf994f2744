using System.CommandLine;
using Optuna.Cli.Commands;

namespace Optuna.Cli;

/// <summary>The verbs of <c>optuna-ctl</c>. A new one is a class in Commands and a line here.</summary>
internal static class CliRoot
{
    public static RootCommand Create(CommonOptions common)
    {
        var root = new RootCommand("Makes, shows and changes studies: Optuna's command line for coordinators and storages.")
        {
            new CreateStudyCommand(common),
            new CopyStudyCommand(common),
            new DeleteStudyCommand(common),
            new RenameStudyCommand(common),
            new StudyCommand(common),
            new StudyNamesCommand(common),
            new StudiesCommand(common),
            new TrialsCommand(common),
            new BestTrialCommand(common),
            new BestTrialsCommand(common),
            new OptimizeCommand(common),
            new AskCommand(common),
            new TellCommand(common),
            new ImportanceCommand(common),
            new PlotCommand(common),
            new WorkersCommand(common),
            new WatchCommand(common),
            new ClusterCommand(common),
            new ImportCommand(common),
            new ExportCommand(common),
            new DevCertsCommand(),
            new CompletionCommand(common),
        };
        foreach (var command in FleetCommands.All(common).Concat(NodeCommands.All(common)))
            root.Add(command);
        common.AddTo(root);
        return root;
    }
}
