using System.CommandLine;
using Optuna.CommandLine;
using Optuna.Trials;

namespace Optuna.Cli.Commands;

/// <summary><c>tell</c>: ends a trial by its number.</summary>
internal sealed class TellCommand : Command
{
    private readonly Option<string> _name = CommonOptions.StudyName("The trial's study.");

    private readonly Option<int> _number = CommandRunner.CheckedOption("--trial-number", -1, text => CommandRunner.Number(text, 0, int.MaxValue), "The trial's number.");

    private readonly Option<double[]> _values = new("--values")
    {
        Description = "One value per objective, divided by blanks; none for a trial that was pruned or failed.", AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<EndState?> _state = new("--state") { Description = "One of complete, pruned, fail; without it complete if the values are right, else fail." };
    private readonly Option<bool> _skip = new("--skip-if-finished") { Description = "Leave a trial that is finished already as it is." };

    public TellCommand(CommonOptions common)
        : base("tell", "End a trial that was asked for.")
    {
        foreach (var option in new Option[] { _name, _number, _values, _state, _skip })
            Add(option);
        SetAction((parsed, cancel) => parsed.GetValue(_number) < 0
            ? throw new ArgumentException("--trial-number: the number of the trial is not given.")
            : common.RunAsync(parsed, mayCreate: false, async (storage, c) =>
        {
            var study = await storage.Client.LoadStudyAsync(parsed.GetRequiredValue(_name), c).ConfigureAwait(false);
            TrialState? state = parsed.GetValue(_state) switch
            {
                EndState.Complete => TrialState.Complete,
                EndState.Pruned => TrialState.Pruned,
                EndState.Fail => TrialState.Fail,
                _ => null,
            };
            var told = Tell(study, parsed, state);
            storage.Note($"Trial {told.Number} is {told.State.ToString().ToLowerInvariant()}.");
            return null;
        }, cancel));
    }

    private FrozenTrial Tell(Study study, ParseResult parsed, TrialState? state)
    {
        try
        {
            return study.Tell(parsed.GetValue(_number), parsed.GetResult(_values) is null ? null : parsed.GetValue(_values), state, parsed.GetValue(_skip));
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException)
        {
            throw new OptunaException($"--trial-number: {e.Message}", e);
        }
    }

    private enum EndState
    {
        Complete,
        Pruned,
        Fail,
    }
}
