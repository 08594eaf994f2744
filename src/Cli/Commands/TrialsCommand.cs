using Optuna.Trials;

namespace Optuna.Cli.Commands;

/// <summary><c>trials</c>.</summary>
internal sealed class TrialsCommand(CommonOptions common) : TrialListCommand("trials", "Show the trials of a study.", common)
{
    protected override Task<IReadOnlyList<FrozenTrial>?> ChooseAsync(Study study, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<FrozenTrial>?>(null);
}
