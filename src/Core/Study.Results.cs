using System.Collections.Immutable;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna;

/// <content>What the study knows. The synchronous forms wait for a coordinator where there is one.</content>
public sealed partial class Study
{
    /// <summary>The best feasible trial; the first of equal ones.</summary>
    /// <exception cref="InvalidOperationException">Several objectives, or nothing complete and feasible yet.</exception>
    public FrozenTrial BestTrial => Wait(GetBestTrialAsync());

    /// <inheritdoc cref="BestTrial"/>
    public double BestValue => BestTrial.Value!.Value;

    /// <inheritdoc cref="BestTrial"/>
    public IReadOnlyDictionary<string, object?> BestParams => BestTrial.Params;

    /// <summary>The Pareto front, in order of number; infeasible trials are left out when the study has constraints.</summary>
    public ImmutableArray<FrozenTrial> BestTrials =>
        Wait(GetBestTrialsAsync());

    /// <summary>All trials, ascending by number.</summary>
    public ImmutableArray<FrozenTrial> Trials => Wait(GetTrialsAsync());

    /// <summary>JSON texts by key.</summary>
    public IReadOnlyDictionary<string, string> UserAttrs => Wait(GetSummaryAsync()).UserAttrs.ToImmutableDictionary();

    /// <summary>JSON texts by key.</summary>
    public IReadOnlyDictionary<string, string> SystemAttrs => Wait(GetSummaryAsync()).SystemAttrs.ToImmutableDictionary();

    /// <summary>Names of the objectives; empty when none were given.</summary>
    public ImmutableArray<string> MetricNames => Wait(GetSummaryAsync()).MetricNames;

    /// <param name="states">None for all.</param>
    public ImmutableArray<FrozenTrial> GetTrials(params ImmutableArray<TrialState> states) => Wait(GetTrialsAsync(states));

    /// <inheritdoc cref="GetTrials"/>
    public async ValueTask<ImmutableArray<FrozenTrial>> GetTrialsAsync(
        ImmutableArray<TrialState> states = default, CancellationToken cancellationToken = default)
    {
        var all = ImmutableArray.CreateBuilder<FrozenTrial>();
        for (int? from = 0; from is { } start;)
        {
            var query = new StudyQueries.GetTrials(start, TrialReader.MaxPage, states.IsDefault ? [] : states);
            var page = (await _backend.QueryAsync(query, cancellationToken).ConfigureAwait(false)).Expect<StudyReplies.Trials>();
            all.AddRange(page.Page);
            from = page.Next;
        }

        return all.DrainToImmutable();
    }

    /// <inheritdoc cref="BestTrial"/>
    public async ValueTask<FrozenTrial> GetBestTrialAsync(CancellationToken cancellationToken = default) =>
        (await _backend.QueryAsync(new StudyQueries.GetBestTrial(), cancellationToken).ConfigureAwait(false)).Expect<StudyReplies.Trials>().Page[0];

    /// <inheritdoc cref="BestTrials"/>
    public async ValueTask<ImmutableArray<FrozenTrial>> GetBestTrialsAsync(CancellationToken cancellationToken = default) =>
        (await _backend.QueryAsync(new StudyQueries.GetBestTrials(), cancellationToken).ConfigureAwait(false)).Expect<StudyReplies.Trials>().Page;

    /// <summary>Attributes, counts and the best trial's number, as of now.</summary>
    public async ValueTask<StudySummary> GetSummaryAsync(CancellationToken cancellationToken = default) =>
        (await _backend.QueryAsync(new StudyQueries.GetSummary(), cancellationToken).ConfigureAwait(false)).Expect<StudyReplies.Summary>().Study;

    private async ValueTask<FrozenTrial> GetTrialAsync(int number, CancellationToken cancellationToken) =>
        (await _backend.QueryAsync(new StudyQueries.GetTrial(number), cancellationToken).ConfigureAwait(false)).Expect<StudyReplies.Trials>().Page[0];
}
