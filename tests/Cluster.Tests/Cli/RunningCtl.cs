using Optuna.Testing.Processes;

namespace Optuna.Tests.Cli;

/// <summary>Runs of the program that end when they are told to, or on a terminal.</summary>
internal static class RunningCtl
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static ProgramProcess Start(params string[] args) => ProgramProcess.Start("optuna-ctl", "optuna-ctl.dll", args, Path.GetTempPath());

    /// <summary>On a terminal of its own, which shows what goes to stdout and to stderr.</summary>
    /// <param name="args">None with an apostrophe.</param>
    public static ProgramProcess OnTerminal(params string[] args) => Shell(
        "script -qec \"stty columns 200; $LINE\" /dev/null", new() { ["LINE"] = Line(args), ["TERM"] = "xterm-256color" });

    /// <param name="script">For bash; a path or an argument comes in as a variable.</param>
    public static ProgramProcess Shell(string script, Dictionary<string, string> variables) =>
        ProgramProcess.StartCommand("bash", "bash", ["-c", script], Path.GetTempPath(), variables);

    /// <summary>The program with arguments, as a shell reads it.</summary>
    public static string Line(params string[] args) => string.Join(' ', new List<string> { "dotnet", ProgramProcess.Beside("optuna-ctl.dll") }.Concat(args).Select(a => $"'{a}'"));

    /// <summary>SIGINT, as Ctrl-C sends it.</summary>
    public static void Interrupt(this ProgramProcess process) => Signals.Send(process.Id, Signals.Interrupt);
}
