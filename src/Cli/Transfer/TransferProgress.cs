using Optuna.Cli.Storage;
using Spectre.Console;

namespace Optuna.Cli.Transfer;

/// <summary>A bar on the terminal that counts trials; nothing where stderr is no terminal.</summary>
internal static class TransferProgress
{
    /// <param name="total">How many trials there are to count.</param>
    /// <param name="work">Calls the action it is given once per so many trials.</param>
    public static Task RunAsync(bool isShown, string what, long total, Func<Action<int>, Task> work)
    {
        if (!isShown || !LogFile.IsTerminal)
            return work(_ => { });
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new SpinnerColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask(Markup.Escape(what), maxValue: Math.Max(1, total));
                await work(count => task.Increment(count)).ConfigureAwait(false);
                task.Value = task.MaxValue;
            });
    }
}
