namespace Optuna.Importance;

/// <summary>What every evaluator's answer goes through: sorting and normalising, by Optuna's rules.</summary>
internal static class ParamImportances
{
    public static OrderedDictionary<string, double> Of(
        CompletedTrials trials, IImportanceEvaluator? evaluator, IReadOnlyList<string>? parameters, bool normalize)
    {
        if (parameters is not null && parameters.Any(p => p is null))
            throw new ArgumentException("'params' must be names; one of them is null.");
        var found = (evaluator ?? new PedAnovaImportanceEvaluator()).Evaluate(trials, parameters is null ? null : [.. parameters.Distinct()]);
        // Ties come out in the reverse order, as Optuna's do.
        var sorted = new OrderedDictionary<string, double>(found.Reverse().OrderByDescending(p => p.Value), StringComparer.Ordinal);
        if (!normalize)
            return sorted;
        var sum = sorted.Values.Sum();
        foreach (var (name, value) in sorted.ToArray())
            sorted[name] = sum == 0 ? 1.0 / sorted.Count : value / sum;
        return sorted;
    }
}
