using Optuna.Json;
using Optuna.Studies;

namespace Optuna.Terminators;

/// <summary>The statistical error of the best trial's cross-validation: √((1/k + 1/(k−1)) · variance of its k scores).</summary>
/// <remarks>Makarova et al. 2022, after Nadeau and Bengio 2003. The scores are what <see cref="CrossValidationScores.ReportCrossValidationScores"/> left.</remarks>
public sealed class CrossValidationErrorEvaluator : IErrorEvaluator
{
    public double Evaluate(StudyView study)
    {
        var best = study.Best ?? throw new InvalidOperationException("No trial is complete yet, so the error cannot be told.");
        var scores = study.TrialAttr(best, CrossValidationScores.Key) is { } json ? CrossValidationScores.Read(json) : null;
        if (scores is null || scores.Length < 2)
        {
            throw new InvalidOperationException(
                $"Trial {best}, the best one, has no cross-validation scores: report them with 'trial.ReportCrossValidationScores(scores)'.");
        }

        var (k, mean) = ((double)scores.Length, scores.Average());
        return Math.Sqrt(((1 / k) + (1 / (k - 1))) * scores.Average(s => (s - mean) * (s - mean)));
    }
}

/// <summary>Scores of a trial's cross-validation, as Optuna keeps them.</summary>
public static class CrossValidationScores
{
    internal const string Key = "terminator:cv_scores";

    /// <summary>Keeps the scores of a trial's folds for <see cref="CrossValidationErrorEvaluator"/>.</summary>
    /// <exception cref="ArgumentException">Fewer than two scores.</exception>
    public static void ReportCrossValidationScores(this Trial trial, IReadOnlyList<double> scores)
    {
        if (scores.Count < 2)
            throw new ArgumentException($"'scores' must hold at least two scores (it holds {scores.Count}).");
        trial.SetSystemAttr(Key, scores);
    }

    internal static double[]? Read(string json) => PythonJson.Read(json) is List<object?> list && list.TrueForAll(s => s is double or long)
        ? [.. list.Select(s => s is long l ? l : (double)s!)]
        : null;
}
