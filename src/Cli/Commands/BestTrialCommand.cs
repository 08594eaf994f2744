using Optuna.Cli.Output;
using Optuna.Trials;

namespace Optuna.Cli.Commands;

/// <summary><c>best-trial</c>.</summary>
internal sealed class BestTrialCommand(CommonOptions common) : TrialListCommand("best-trial", "Show the best trial of a study.", common)
{
    protected override async Task<IReadOnlyList<FrozenTrial>?> ChooseAsync(Study study, CancellationToken cancel)
    {
        if (study.Directions.Length > 1)
            throw new OptunaException($"The study '{study.Name}' has several objectives and no single best trial; use best-trials.");
        try
        {
            return [await study.GetBestTrialAsync(cancel).ConfigureAwait(false)];
        }
        catch (InvalidOperationException e)
        {
            throw new OptunaException($"The study '{study.Name}' has no best trial yet: {e.Message}", e);
        }
    }

    protected override string Write(OutputFormat format, Records records, bool flatten) => format.WriteOne(records, flatten);
}
