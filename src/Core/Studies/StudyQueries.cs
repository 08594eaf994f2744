using System.Collections.Immutable;
using Optuna.Trials;

namespace Optuna.Studies;

/// <summary>A question about one study; changes nothing.</summary>
public interface IStudyQuery;

public static class StudyQueries
{
    /// <summary>Name, directions, attributes, counts, best trial: answered by <see cref="StudyReplies.Summary"/>.</summary>
    public sealed record GetSummary : IStudyQuery;

    /// <summary>A page of trials from a number on.</summary>
    /// <param name="States">Empty for all.</param>
    /// <param name="Limit">At most so many; the answer may hold fewer.</param>
    public sealed record GetTrials(int From, int Limit, ImmutableArray<TrialState> States) : IStudyQuery;

    /// <summary>Trials by number; unknown numbers are refused.</summary>
    public sealed record GetTrial(int Number) : IStudyQuery;

    /// <summary>The trials that changed: answered by <see cref="StudyReplies.Changes"/>. Asked on with what the last answer said, it costs what is new.</summary>
    /// <param name="Version">Of the last answer; −1 at first.</param>
    /// <param name="Finished">How many finished trials the asker has.</param>
    /// <param name="Limit">At most so many trials at once.</param>
    public sealed record GetChanges(long Version, int Finished, int Limit) : IStudyQuery;

    /// <summary>Which worker holds which trial: answered by <see cref="StudyReplies.Leases"/>.</summary>
    public sealed record GetLeases : IStudyQuery;

    /// <summary>The best feasible trial: the first of the best value.</summary>
    public sealed record GetBestTrial : IStudyQuery;

    /// <summary>The Pareto front, in order of number.</summary>
    public sealed record GetBestTrials : IStudyQuery;
}
