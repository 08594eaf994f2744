using System.Collections.Immutable;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.MultiObjective;

/// <summary>The hypervolume a study had reached after each of its complete trials.</summary>
public static class HypervolumeHistory
{
    /// <param name="study">Of two objectives or more.</param>
    /// <param name="referencePoint">In the study's own directions: at or beyond the worst value that is to count, finite.</param>
    /// <returns>The complete trials by number, each with the volume from then on. One that violates a constraint or is beyond the reference point adds nothing.</returns>
    /// <exception cref="ArgumentException">One objective, or not a finite number for each.</exception>
    public static ImmutableArray<(int Number, double Volume)> Of(Study study, IReadOnlyList<double> referencePoint)
    {
        ArgumentNullException.ThrowIfNull(study);
        return Of(study.Trials, study.Directions, referencePoint);
    }

    internal static ImmutableArray<(int Number, double Volume)> Of(
        IEnumerable<FrozenTrial> trials, ImmutableArray<StudyDirection> directions, IReadOnlyList<double> referencePoint)
    {
        ArgumentNullException.ThrowIfNull(referencePoint);
        if (directions.Length < 2)
            throw new ArgumentException("A hypervolume history is for studies with two objectives or more.", nameof(directions));
        if (referencePoint.Count != directions.Length || !referencePoint.All(double.IsFinite))
            throw new ArgumentException($"The reference point must have {directions.Length} finite numbers, one for every objective.", nameof(referencePoint));

        var reference = Losses(referencePoint, directions);
        var volume = new DominatedVolume(reference);
        var (reached, history) = (0.0, ImmutableArray.CreateBuilder<(int, double)>());
        foreach (var trial in trials)
        {
            if (trial.State != TrialState.Complete || trial.Values.Length != directions.Length)
                continue;
            var losses = Losses(trial.Values, directions);
            if (!(TrialConstraints.Violation(trial.SystemAttrs) > 0) && Domination.Covers(losses, reference))
                reached += losses.Contains(double.NegativeInfinity) ? double.PositiveInfinity : volume.Add(losses);
            history.Add((trial.Number, reached));
        }

        return history.DrainToImmutable();
    }

    private static double[] Losses(IReadOnlyList<double> values, ImmutableArray<StudyDirection> directions) =>
        [.. values.Select((v, k) => PointSet.Loss(v, directions[k]))];
}
