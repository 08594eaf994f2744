using Optuna.MultiObjective;
using Optuna.Studies;

namespace Optuna.Bench.Quality.Problems;

/// <summary>Something to optimise, whose result can be told in one number.</summary>
/// <param name="Evaluate">One value per objective; sets the trial's constraints if there are any.</param>
/// <param name="Marks">After how many trials the result is taken, ascending; the last is the budget.</param>
internal sealed record QualityProblem(
    string Name, IReadOnlyList<StudyDirection> Directions, Func<Trial, double[]> Evaluate, QualityMetric Metric, IReadOnlyList<int> Marks)
{
    /// <summary>One objective.</summary>
    public static QualityProblem Single(
        string name, Func<Trial, double> evaluate, IReadOnlyList<int> marks, StudyDirection direction = StudyDirection.Minimize) =>
        new(name, [direction], trial => [evaluate(trial)], new BestValue(direction), marks);

    /// <summary>Several objectives to be minimised.</summary>
    /// <param name="reference">What lies beyond counts for nothing.</param>
    public static QualityProblem Several(string name, int objectives, Func<Trial, double[]> evaluate, double[] reference, IReadOnlyList<int> marks) =>
        new(name, [.. Enumerable.Repeat(StudyDirection.Minimize, objectives)], evaluate, new DominatedHypervolume(reference), marks);
}

/// <summary>A finished trial as a metric sees it.</summary>
internal readonly record struct Outcome(double[] Values, bool IsFeasible);

/// <summary>Makes one number of a study's trials.</summary>
/// <param name="Name">As in result files.</param>
internal abstract record QualityMetric(string Name, bool BiggerIsBetter)
{
    /// <summary>Null when nothing feasible is among the trials.</summary>
    public abstract double? Of(ReadOnlySpan<Outcome> trials);
}

/// <summary>The best feasible value of the only objective.</summary>
internal sealed record BestValue(StudyDirection Direction) : QualityMetric("best", Direction == StudyDirection.Maximize)
{
    public override double? Of(ReadOnlySpan<Outcome> trials)
    {
        double? best = null;
        foreach (var (values, feasible) in trials)
        {
            if (feasible && !(BiggerIsBetter ? values[0] <= best : values[0] >= best) && !double.IsNaN(values[0]))
                best = values[0];
        }

        return best;
    }
}

/// <summary>The hypervolume of what is feasible, up to a reference point; all objectives are minimised.</summary>
internal sealed record DominatedHypervolume(double[] Reference) : QualityMetric("hypervolume", BiggerIsBetter: true)
{
    public override double? Of(ReadOnlySpan<Outcome> trials)
    {
        var points = new List<double[]>();
        var feasible = false;
        foreach (var (values, isFeasible) in trials)
        {
            feasible |= isFeasible;
            if (isFeasible && values.Zip(Reference).All(p => p.First <= p.Second))
                points.Add(values);
        }

        return feasible ? Hypervolume.Of(points, Reference) : null;
    }
}
