using Optuna.Trials;

namespace Optuna.Cli.Commands;

/// <summary><c>best-trials</c>: the Pareto front, or every trial as good as the best.</summary>
internal sealed class BestTrialsCommand(CommonOptions common)
    : TrialListCommand("best-trials", "Show the trials on the Pareto front of a study.", common)
{
    protected override async Task<IReadOnlyList<FrozenTrial>?> ChooseAsync(Study study, CancellationToken cancel) =>
        await study.GetBestTrialsAsync(cancel).ConfigureAwait(false);
}
