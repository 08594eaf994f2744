using Optuna.Json;
using Optuna.Trials;

namespace Optuna.Cli.Output;

/// <summary>Where a trial stands, as a line: <c>hills trial 12 COMPLETE 0.42</c>.</summary>
internal static class TrialLine
{
    public static string Of(string study, FrozenTrial trial) =>
        string.Join(' ', [study, "trial", $"{trial.Number}", trial.State.ToString().ToUpperInvariant(), .. trial.State.IsFinished() ? trial.Values.Select(PythonJson.FormatDouble) : []]);
}
