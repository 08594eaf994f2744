namespace Optuna.Distributions;

/// <summary>Whether a parameter name may be suggested with another distribution than before (Optuna's rule).</summary>
public static class DistributionCompatibility
{
    /// <summary>Null when compatible, else the sentence that says why not.</summary>
    /// <remarks>Same class; the same <c>log</c> for numbers (range and step may change); equal choices in the same order for categoricals.</remarks>
    public static string? Conflict(string name, Distribution before, Distribution now) => (before, now) switch
    {
        _ when ReferenceEquals(before, now) => null,
        (FloatDistribution a, FloatDistribution b) when a.Log == b.Log => null,
        (IntDistribution a, IntDistribution b) when a.Log == b.Log => null,
        (CategoricalDistribution a, CategoricalDistribution b) => a.Equals(b)
            ? null
            : $"Parameter '{name}': a categorical distribution cannot change its choices within a study ({before} before, {now} now).",
        (FloatDistribution, FloatDistribution) or (IntDistribution, IntDistribution) =>
            $"Parameter '{name}': 'log' cannot change within a study ({before} before, {now} now).",
        _ => $"Parameter '{name}': the kind of distribution cannot change within a study ({before} before, {now} now).",
    };

    /// <exception cref="ArgumentException">The distributions are not compatible.</exception>
    public static void Check(string name, Distribution before, Distribution now)
    {
        if (Conflict(name, before, now) is { } sentence)
            throw new ArgumentException(sentence);
    }
}
