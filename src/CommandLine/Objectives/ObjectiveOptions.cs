using System.CommandLine;
using Optuna.Worker.Objectives;

namespace Optuna.CommandLine;

/// <summary>What an objective is made of, for every program that evaluates trials.</summary>
internal sealed class ObjectiveOptions
{
    private readonly Option<string> _objective = new("--objective") { Description = "ASSEMBLY.dll#Namespace.Type, a class that implements IObjective." };

    private readonly Option<string> _exec = new("--exec")
    {
        Description = "A command to run once per trial: parameters as JSON on stdin, the result as its last line.",
    };

    private readonly Option<string> _space = new("--search-space") { Description = "With --exec: a JSON file, parameter name to distribution." };

    private readonly Option<double?> _timeout = new("--exec-timeout")
    {
        Description = "With --exec: seconds after which a trial's program is ended and the trial fails.",
    };

    private readonly Option<double?> _grace = new("--exec-grace") { Description = "With --exec: seconds between SIGTERM and SIGKILL." };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _objective, _exec, _space, _timeout, _grace })
            command.Add(option);
    }

    /// <exception cref="ArgumentException">A number of seconds will not do; the message names the option.</exception>
    public ObjectiveSource Read(ParseResult parsed) => new()
    {
        Objective = parsed.GetValue(_objective),
        Exec = parsed.GetValue(_exec),
        SearchSpaceFile = parsed.GetValue(_space),
        ExecTimeout = CommandRunner.Seconds(parsed.GetValue(_timeout), "--exec-timeout"),
        ExecKillGrace = CommandRunner.Seconds(parsed.GetValue(_grace), "--exec-grace"),
    };
}
