using System.Collections.Immutable;
using Optuna.SearchSpaces;
using Optuna.Studies.State;
using Optuna.Trials;

namespace Optuna.Studies;

/// <summary>A study at one moment, for samplers on any thread: made in O(running trials), never copied, never changing.</summary>
/// <remarks>
/// Finished trials are columns by trial number shared with the study itself, which appends to them; what finished
/// after this view was made is told apart by <see cref="IsFinished"/>.
/// </remarks>
public sealed class StudyView
{
    private readonly StudyState _state;

    private StudyView(StudyState state)
    {
        _state = state;
        Name = state.Name;
        Directions = state.Directions;
        Seed = state.Seed;
        TrialCount = state.TrialCount;
        FinishedCount = state.Trials.Count;
        CompleteCount = state.Complete;
        PrunedCount = state.Pruned;
        HasConstraints = state.HasConstraints;
        BestNumbers = state.Ranking.Numbers;
        SpaceOfComplete = state.Spaces.OfComplete ?? SearchSpace.Empty;
        SpaceOfFinished = state.Spaces.OfFinished ?? SearchSpace.Empty;
        Groups = state.Spaces.Groups;
        Running = RunningOf(state);
        Table = state.Trials;
    }

    public string Name { get; }

    public ImmutableArray<StudyDirection> Directions { get; }

    public ulong Seed { get; }

    /// <summary>Numbers given out: rows of the columns that may be in use.</summary>
    public int TrialCount { get; }

    /// <summary>Complete, pruned and failed.</summary>
    public int FinishedCount { get; }

    public int CompleteCount { get; }

    public int PrunedCount { get; }

    /// <summary>Any trial has constraint values.</summary>
    public bool HasConstraints { get; }

    /// <summary>
    /// One objective: the numbers of the up to 25 best finished trials, best first: feasible complete by value, feasible
    /// pruned by last step then value, infeasible by violation; ties by number.
    /// </summary>
    public ImmutableArray<int> BestNumbers { get; }

    /// <summary>Names with equal distributions in every complete trial, single ones included.</summary>
    public SearchSpace SpaceOfComplete { get; }

    /// <summary>Names with equal distributions in every complete and pruned trial, single ones included.</summary>
    public SearchSpace SpaceOfFinished { get; }

    /// <summary>Optuna's group decomposition over complete and pruned trials, in its order.</summary>
    public ImmutableArray<SearchSpace> Groups { get; }

    /// <summary>Running trials by number, each with what was drawn for it or suggested to it so far.</summary>
    public ImmutableArray<RunningView> Running { get; }

    internal TrialTable Table { get; }

    /// <summary>Whether the trial was finished when this view was made.</summary>
    public bool IsFinished(int number)
    {
        var rank = Table.FinishRank;
        return number < rank.Length && rank[number] < FinishedCount;
    }

    /// <summary>By trial number, how many trials finished before it; below <see cref="FinishedCount"/> for the trials of this view.</summary>
    public ReadOnlySpan<int> FinishRanks => Table.FinishRank;

    /// <summary>The numbers of this view's finished trials in the order they finished.</summary>
    public ReadOnlySpan<int> FinishOrder => Table.FinishOrder[..FinishedCount];

    /// <summary>By trial number, the <see cref="TrialState"/> of finished trials as its number.</summary>
    public ReadOnlySpan<byte> States => Table.States;

    /// <summary>By trial number, the value of one objective; NaN where there is none.</summary>
    public ReadOnlySpan<double> Values(int objective) => Table.Values(objective);

    /// <summary>Sum of the positive constraint values of a finished trial; NaN without constraints, which counts as feasible.</summary>
    public double Violation(int number) => Table.Violation(number);

    /// <summary>All values of one name; null when no trial of the study ever had it.</summary>
    public ParamColumn? Column(string name) => _state.Params.Column(name);

    internal static StudyView Of(StudyState state) => new(state);

    private static ImmutableArray<RunningView> RunningOf(StudyState state)
    {
        if (state.Live.RunningCount == 0)
            return [];
        var views = ImmutableArray.CreateBuilder<RunningView>(state.Live.RunningCount);
        foreach (var trial in state.Live.Running)
            views.Add(trial.View(state.Params));
        return views.MoveToImmutable();
    }
}
