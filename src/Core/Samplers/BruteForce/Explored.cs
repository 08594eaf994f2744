using Optuna.Studies;

namespace Optuna.Samplers.BruteForce;

/// <summary>What the finished trials of a study have explored: kept up as trials finish.</summary>
/// <param name="pathOf">From a trial's parameters to its path; null for a trial that does not belong to the space.</param>
internal sealed class Explored(Func<IEnumerable<Trials.TrialParam>, PathStep[]?> pathOf) : IFollowsHistory
{
    private int _taken;

    public Node Root { get; private set; } = Node.Unexpanded;

    /// <summary>Why the finished trials cannot belong to one space; null as long as they can.</summary>
    public string? Fault { get; private set; }

    public bool CatchUp(StudyView study)
    {
        if (study.FinishedCount < _taken)
            return false;
        foreach (var number in study.FinishOrder[_taken..])
        {
            _taken++;
            var isComplete = (Trials.TrialState)study.States[number] == Trials.TrialState.Complete;
            try
            {
                // One that broke off before its first parameter says nothing.
                if (pathOf(study.ParamsOf(number)) is { } path && (isComplete || path.Length > 0))
                    Root = Root.With(path, isComplete ? PathEnd.Complete : PathEnd.BrokenOff);
            }
            catch (ArgumentException e)
            {
                Fault ??= $"Trial {number} does not fit those before it. {e.Message}";
            }
        }

        return true;
    }
}
