using System.Collections.Immutable;
using Optuna.Numerics;
using Optuna.Studies;

namespace Optuna.Pruners;

/// <summary>Prunes a trial whose reports are significantly worse than the best trial's at the same steps: for objectives that are averages over problems or folds.</summary>
/// <remarks>A one-sided signed-rank test, see <see cref="WilcoxonSignedRank"/>. Costs O(n²) in the steps in common up to 50, O(n log n) beyond.</remarks>
public sealed class WilcoxonPruner : IPruner
{
    private readonly WilcoxonPrunerOptions _options;

    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public WilcoxonPruner(WilcoxonPrunerOptions? options = null)
    {
        _options = options ?? new WilcoxonPrunerOptions();
        OptionRange.AtLeast("n_startup_steps", 0, _options.StartupSteps);
        if (!(_options.PThreshold is >= 0 and <= 1))
            throw new ArgumentException($"'p_threshold' must lie between 0 and 1 (it is {_options.PThreshold}).");
    }

    public bool ShouldPrune(PruningContext context)
    {
        if (!IsFinite(context.Reports))
            return Warned($"Trial {context.Number} is not pruned: it reported a value that is not finite, which WilcoxonPruner cannot compare.");
        if (context.ReportsOfBest is not { } best)
            return false;
        if (best.IsEmpty)
            return Warned($"Trial {context.Number} is not pruned: the best trial has no reports that WilcoxonPruner could compare with.");
        if (!IsFinite(best))
            return Warned($"Trial {context.Number} is not pruned: the best trial reported a value that is not finite, which WilcoxonPruner cannot compare.");

        // The larger, the worse for this trial.
        var sign = context.Direction == StudyDirection.Minimize ? 1 : -1;
        var differences = new List<double>(context.Reports.Count);
        foreach (var (step, value) in context.Reports)
        {
            if (best.TryGetValue(step, out var other))
                differences.Add(sign * (value - other));
        }

        if (differences.Count < context.Reports.Count)
            Warned($"Trial {context.Number} reported steps that the best trial did not; WilcoxonPruner leaves them out.");
        if (differences.Count < Math.Max(2, _options.StartupSteps))
            return false;
        return WilcoxonSignedRank.Greater(differences) < _options.PThreshold && sign * Mean(context.Reports) > sign * Mean(best);
    }

    private static double Mean(ImmutableSortedDictionary<long, double> reports) => reports.Values.Sum() / reports.Count;

    private static bool IsFinite(ImmutableSortedDictionary<long, double> reports) => reports.Values.All(double.IsFinite);

    private static bool Warned(string sentence)
    {
        OptunaLog.Warning(sentence);
        return false;
    }
}
