using Optuna.Cli.Output;
using Optuna.Trials;

namespace Optuna.Cli.Commands;

/// <summary><c>best-trial</c>.</summary>
internal sealed class BestTrialCommand(CommonOptions common) : TrialListCommand("best-trial", "Show the best trial of a study.", common)
{
    protected override async Task<IReadOnlyList<FrozenTrial>?> ChooseAsync(Study study, CancellationToken cancel) =>
        [await StudyTrials.BestAsync(study, cancel).ConfigureAwait(false)];

    protected override string Write(OutputFormat format, Records records, bool flatten) => format.WriteOne(records, flatten);
}
