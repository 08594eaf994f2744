using System.CommandLine;
using Optuna.Cli.Storage;
using Optuna.Cli.Watch;
using Optuna.CommandLine;
using Spectre.Console;

namespace Optuna.Cli.Commands;

/// <summary><c>watch</c>: studies as they change. Ctrl-C is its end and no fault: exit code 0.</summary>
internal sealed class WatchCommand : Command
{
    private readonly Option<string?> _name = new("--study-name") { Description = "The only study to watch; without it all." };
    private readonly Option<double?> _every = new("--every") { Description = "Seconds between two looks; 1 by default." };

    public WatchCommand(CommonOptions common)
        : base("watch", "Show studies as they change, until Ctrl-C: on a terminal a table, else a line for every change.")
    {
        Add(_name);
        Add(_every);
        SetAction(async (parsed, cancel) =>
        {
            var every = CommandRunner.Seconds(parsed.GetValue(_every), "--every") ?? TimeSpan.FromSeconds(1);
            var output = common.Output;
            try
            {
                return await common.RunAsync(parsed, mayCreate: false, async (storage, c) =>
                {
                    await WatchAsync(storage, parsed.GetValue(_name), every, output, c).ConfigureAwait(false);
                    return null;
                }, cancel).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return 0;
            }
        });
    }

    private static async Task WatchAsync(StudyStorage storage, string? name, TimeSpan every, TextWriter output, CancellationToken cancel)
    {
        var study = name is null ? null : await storage.Client.LoadStudyAsync(name, cancel).ConfigureAwait(false);
        if (!Console.IsOutputRedirected)
        {
            var screen = new WatchScreen(storage.Client, AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) }), every);
            await (study is null ? screen.AllAsync(cancel) : screen.OneAsync(study, cancel)).ConfigureAwait(false);
            return;
        }

        var lines = new WatchLines(storage.Client, PipedOutput.Open(output), every);
        try
        {
            await (study is null ? lines.AllAsync(cancel) : lines.OneAsync(study, cancel)).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // Whoever read the lines has enough of them.
        }
    }
}
