using System.Collections.Immutable;
using System.Runtime.InteropServices;
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
        (_state, _trial, Step, IsNaN) = (state, trial, step, values.Any(double.IsNaN));
        Losses = ImmutableCollectionsMarshal.AsImmutableArray(VectorTable.Losses(values, state.Directions));
    }

    public long Step { get; }

    /// <summary>One per objective; smaller is better, whatever the directions. NaN is the worst of all: +∞.</summary>
    public ImmutableArray<double> Losses { get; }

    /// <summary>One of the values is no number.</summary>
    public bool IsNaN { get; }

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
            foreach (var (key, _) in _trial.SystemAttrs.Freeze())
            {
                if (VectorReports.TryReadStep(key, out var step) && step < Step)
                    last = Math.Max(last, step);
            }

            return last;
        }
    }
}
