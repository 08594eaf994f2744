namespace Optuna.Importance;

/// <summary>A way of saying how much each parameter matters.</summary>
public interface IImportanceEvaluator
{
    /// <summary>Importances by name, at least 0, not normalised, in no particular order.</summary>
    /// <param name="parameters">Which to assess; null for those the evaluator can.</param>
    /// <exception cref="ArgumentException">A name that cannot be assessed, or several objectives where one value is needed.</exception>
    /// <exception cref="InvalidOperationException">The values say nothing about any parameter.</exception>
    IReadOnlyList<KeyValuePair<string, double>> Evaluate(CompletedTrials trials, IReadOnlyList<string>? parameters);
}
