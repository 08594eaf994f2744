using Optuna.Studies;
using Optuna.Studies.State;
using Optuna.Trials;

namespace Optuna.Pruners;

/// <summary>A report of a trial with several objectives, and what complete trials had reported at the same step.</summary>
public sealed class VectorPruningContext
{
    private readonly StudyState _state;
    private readonly LiveTrial _trial;

    /// <param name="values">One per objective, as reported.</param>
    internal VectorPruningContext(StudyState state, LiveTrial trial, long step, double[] values)
    {
        (_state, _trial, Step) = (state, trial, step);
        VectorTable.ToLosses(values, state.Directions);
        Losses = values;
    }

    public long Step { get; }

    /// <summary>One per objective; smaller is better, whatever the directions.</summary>
    public IReadOnlyList<double> Losses { get; }

    /// <summary>How many trials are complete.</summary>
    public int CompleteCount => _state.History.Complete;

    /// <summary>What complete trials reported at exactly this step, as losses.</summary>
    public IReadOnlyList<double[]> CompleteHere => _state.VectorSteps.At(Step);

    /// <summary>Largest reported step before <see cref="Step"/>; −1 when there is none.</summary>
    public long StepBefore
    {
        get
        {
            var last = -1L;
            foreach (var (key, json) in _trial.SystemAttrs.Freeze())
            {
                if (VectorReports.TryRead(key, json, _state.Directions.Length, out var step, out _) && step < Step)
                    last = Math.Max(last, step);
            }

            return last;
        }
    }
}
