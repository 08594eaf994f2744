using System.Collections.Immutable;

namespace Optuna.Studies;

/// <summary>What a study is and how far it got, without its trials.</summary>
/// <param name="DatetimeStart">When its first trial started (UTC); null before.</param>
/// <param name="BestTrial">Number of the best complete trial, constraints not looked at; null when there is none or with several objectives.</param>
public sealed record StudySummary(
    StudyId Id, string Name, ImmutableArray<StudyDirection> Directions, ComponentSpec Sampler, ComponentSpec Pruner,
    ulong Seed, RetryPolicy Retry, ImmutableArray<KeyValuePair<string, string>> UserAttrs,
    ImmutableArray<KeyValuePair<string, string>> SystemAttrs, TrialCounts Counts, DateTime? DatetimeStart, int? BestTrial)
{
    public StudyMode Mode { get; init; }

    /// <summary>How many trials the study may have in all; null leaves it to those who ask.</summary>
    public int? Budget { get; init; }

    /// <summary>The terminator that stops the study; null for none.</summary>
    public ComponentSpec? StopWhen { get; init; }

    /// <summary>How many events made the study what it is: grows with every change.</summary>
    public long Version { get; init; }

    /// <summary>UTC; null from a node that does not say.</summary>
    public DateTime? CreatedAt { get; init; }

    /// <summary>When a trial last started or ended or an operator last gave an order (UTC); null from a node that does not say.</summary>
    public DateTime? UpdatedAt { get; init; }

    /// <summary>The best complete trial that violates no constraint; null when there is none or with several objectives.</summary>
    public BestFeasible? BestFeasible { get; init; }

    /// <summary>Names of the objectives; empty when none were given.</summary>
    public ImmutableArray<string> MetricNames => StudyMetricNames.Read(SystemAttrs);
}

/// <summary>A study's best trial and its value.</summary>
public readonly record struct BestFeasible(int Number, double Value);

/// <summary>How many trials stand where.</summary>
public readonly record struct TrialCounts(int Waiting, int Running, int Complete, int Pruned, int Fail)
{
    public int Total => Waiting + Running + Finished;

    public int Finished => Complete + Pruned + Fail;

    /// <summary>What a budget counts: every trial but the waiting ones.</summary>
    public int Started => Running + Finished;
}
