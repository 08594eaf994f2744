using System.Collections.Immutable;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Visualization;

/// <summary>What plots read of a study, at one moment: wherever the study lives.</summary>
/// <param name="Summary">Name, directions, metric names, seed.</param>
/// <param name="Trials">All of them, ascending by number.</param>
public sealed record PlotStudy(StudySummary Summary, ImmutableArray<FrozenTrial> Trials)
{
    public string Name => Summary.Name;

    public ImmutableArray<StudyDirection> Directions => Summary.Directions;

    /// <summary>Empty when the objectives have no names.</summary>
    public ImmutableArray<string> MetricNames => Summary.MetricNames;

    /// <summary>Reads a study; waits for the coordinator where there is one.</summary>
    public static implicit operator PlotStudy(Study study)
    {
        ArgumentNullException.ThrowIfNull(study);
        return Task.Run(() => ReadAsync(study).AsTask()).GetAwaiter().GetResult();
    }

    /// <summary>Reads a study, page by page where it is on a cluster.</summary>
    public static async ValueTask<PlotStudy> ReadAsync(Study study, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(study);
        var summary = await study.GetSummaryAsync(cancellationToken).ConfigureAwait(false);
        return new PlotStudy(summary, await study.GetTrialsAsync(cancellationToken: cancellationToken).ConfigureAwait(false));
    }

    internal bool IsMultiObjective => Directions.Length > 1;

    /// <summary>The complete trials. One without a value for every objective, which the storage protocol allows, is none.</summary>
    internal List<FrozenTrial> Complete() => [.. Trials.Where(IsComplete)];

    internal bool IsComplete(FrozenTrial trial) => trial.State == TrialState.Complete && trial.Values.Length == Directions.Length;

    /// <summary>What an objective is called on an axis.</summary>
    internal string ObjectiveName(int objective) => MetricNames.IsEmpty ? $"Objective {objective}" : MetricNames[objective];
}
