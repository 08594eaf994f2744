using Optuna.Pruners;

namespace Optuna.Studies.State;

/// <summary>The finished trials of a study, bracket by bracket: made when a pruner divides the study, and kept up as trials finish.</summary>
internal sealed class BracketHistories(BracketDivision division, ParamTable table)
{
    private readonly TrialHistory[] _histories = [.. Enumerable.Range(0, division.Count).Select(_ => new TrialHistory(table))];
    private int _taken;

    public BracketDivision Division => division;

    /// <summary>A bracket's trials as of now.</summary>
    public TrialHistory Of(StudyState state, int bracket)
    {
        foreach (var number in state.History.Order[_taken..state.History.Count])
            _histories[division.Of(number)].Add(state, number);
        _taken = state.History.Count;
        return _histories[bracket];
    }
}
