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
    private readonly TrialHistory _history;

    private StudyView(StudyState state, TrialHistory history, Func<int, bool>? among)
    {
        (_state, _history) = (state, history);
        Id = state.Id;
        Name = state.Name;
        Directions = state.Directions;
        Seed = state.Seed;
        TrialCount = state.TrialCount;
        FinishedCount = history.Count;
        CompleteCount = history.Complete;
        PrunedCount = history.Pruned;
        HasConstraints = state.HasConstraints;
        BestNumbers = history.Ranking.Numbers;
        Best = state.Best;
        SpaceOfComplete = history.Spaces.OfComplete ?? SearchSpace.Empty;
        SpaceOfFinished = history.Spaces.OfFinished ?? SearchSpace.Empty;
        Groups = history.Spaces.Groups;
        Running = Views(state, state.Live.Running, among);
        Returned = Views(state, state.Live.Returned, among);
        SystemAttrs = state.SystemAttrs.Freeze();
        Table = state.Trials;
        Whole = among is null ? this : state.View;
    }

    /// <summary>The same study with the trials of every bracket; itself when it is not divided.</summary>
    public StudyView Whole { get; }

    public StudyId Id { get; }

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

    /// <summary>One objective: the best complete trial of the whole study whatever its constraints, the first of equal ones; null before the first.</summary>
    public int? Best { get; }

    /// <summary>Names with equal distributions in every complete trial, single ones included.</summary>
    public SearchSpace SpaceOfComplete { get; }

    /// <summary>Names with equal distributions in every complete and pruned trial, single ones included.</summary>
    public SearchSpace SpaceOfFinished { get; }

    /// <summary>Optuna's group decomposition over complete and pruned trials, in its order.</summary>
    public ImmutableArray<SearchSpace> Groups { get; }

    /// <summary>Running trials by number, each with what was drawn for it or suggested to it so far.</summary>
    public ImmutableArray<RunningView> Running { get; }

    /// <summary>Waiting trials whose worker was lost, by number, each with what it had and is going to get again.</summary>
    public ImmutableArray<RunningView> Returned { get; }

    /// <summary>JSON texts by key.</summary>
    public ImmutableArray<KeyValuePair<string, string>> SystemAttrs { get; }

    /// <summary>The same object for every view of one history: what a sampler keeps of it (in a weak table) can be found again under it.</summary>
    /// <remarks>What is kept must follow from the history alone, so that a study read back from its journal goes on as it would have.</remarks>
    public object Memory => _history;

    internal TrialTable Table { get; }

    /// <summary>Whether the trial was finished when this view was made.</summary>
    public bool IsFinished(int number)
    {
        var rank = _history.Rank;
        return number < rank.Length && rank[number] < FinishedCount;
    }

    /// <summary>By trial number, how many trials finished before it; below <see cref="FinishedCount"/> for the trials of this view.</summary>
    public ReadOnlySpan<int> FinishRanks => _history.Rank;

    /// <summary>The numbers of this view's finished trials in the order they finished.</summary>
    public ReadOnlySpan<int> FinishOrder => _history.Order[..FinishedCount];

    /// <summary>By trial number, the <see cref="TrialState"/> of finished trials as its number.</summary>
    public ReadOnlySpan<byte> States => Table.States;

    /// <summary>By trial number, the value of one objective; NaN where there is none.</summary>
    public ReadOnlySpan<double> Values(int objective) => Table.Values(objective);

    /// <summary>Sum of the positive constraint values of a finished trial; NaN without constraints, which counts as feasible.</summary>
    public double Violation(int number) => Table.Violation(number);

    /// <summary>All values of one name; null when no trial of the study ever had it.</summary>
    public ParamColumn? Column(string name) => _state.Params.Column(name);

    /// <summary>JSON text of one of the study's system attributes, or null.</summary>
    public string? SystemAttr(string key) => Find(SystemAttrs, key);

    /// <summary>JSON text of a system attribute of a finished or running trial, or null.</summary>
    public string? TrialAttr(int number, string key) =>
        IsFinished(number) ? Find(Table.Detail(number).SystemAttrs, key) : Find(FindRunning(number)?.SystemAttrs ?? [], key);

    /// <summary>What a finished or running trial was suggested, in that order.</summary>
    public ImmutableArray<TrialParam> ParamsOf(int number)
    {
        if (!IsFinished(number))
            return FindRunning(number)?.Suggested ?? [];
        var shape = _state.Shapes[Table.Shape(number)];
        var found = ImmutableArray.CreateBuilder<TrialParam>(shape.Length);
        foreach (var index in shape)
        {
            var def = _state.Params[index];
            found.Add(new TrialParam(def.Name, def.Distribution, _state.Params.ColumnOf(index)[number]));
        }

        return found.MoveToImmutable();
    }

    /// <summary>A finished trial's reports by step, ascending.</summary>
    public ImmutableSortedDictionary<long, double> Reports(int number) => Table.Detail(number).Reports;

    /// <summary>The trial of a number if it runs.</summary>
    public RunningView? FindRunning(int number)
    {
        var (low, high) = (0, Running.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var at = Running[middle].Number;
            if (at == number)
                return Running[middle];
            (low, high) = at < number ? (middle + 1, high) : (low, middle - 1);
        }

        return null;
    }

    /// <param name="among">Which running trials belong to it; null for all.</param>
    internal static StudyView Of(StudyState state, TrialHistory history, Func<int, bool>? among = null) => new(state, history, among);

    private static ImmutableArray<RunningView> Views(StudyState state, IList<LiveTrial> trials, Func<int, bool>? among)
    {
        if (trials.Count == 0)
            return [];
        var views = ImmutableArray.CreateBuilder<RunningView>(trials.Count);
        foreach (var trial in trials)
        {
            if (among is null || among(trial.Number))
                views.Add(trial.View(state.Params));
        }

        return views.DrainToImmutable();
    }

    private static string? Find(ImmutableArray<KeyValuePair<string, string>> attrs, string key)
    {
        foreach (var a in attrs)
        {
            if (a.Key == key)
                return a.Value;
        }

        return null;
    }
}
