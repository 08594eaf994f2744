using Optuna.Studies;

namespace Optuna.Pruners;

/// <summary>Lets another pruner speak only when a trial has not improved for some reports.</summary>
public sealed class PatientPruner : IPruner
{
    private readonly IPruner? _wrapped;
    private readonly int _patience;
    private readonly double _minDelta;

    /// <param name="wrapped">Asked when patience is exhausted; null to prune then in any case.</param>
    /// <param name="patience">At least 0: one report more than this without improvement exhausts it.</param>
    /// <param name="minDelta">At least 0: by how much the reports before may be better at no harm.</param>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public PatientPruner(IPruner? wrapped, int patience, double minDelta = 0)
    {
        OptionRange.AtLeast("patience", 0, patience);
        if (!(minDelta >= 0))
            throw new ArgumentException($"'min_delta' must be at least 0 (it is {minDelta}).");
        (_wrapped, _patience, _minDelta) = (wrapped, patience, minDelta);
    }

    public bool ShouldPrune(PruningContext context) => IsExhausted(context) && (_wrapped?.ShouldPrune(context) ?? true);

    private bool IsExhausted(PruningContext context)
    {
        var early = context.Reports.Count - _patience - 1L;
        if (early <= 0)
            return false;
        // As if minimising: the best before against the best of the last reports, each without its NaN.
        var sign = context.Direction == StudyDirection.Minimize ? 1 : -1;
        var (before, after) = (double.NaN, double.NaN);
        foreach (var value in context.Reports.Values)
        {
            ref var best = ref early-- > 0 ? ref before : ref after;
            if (double.IsNaN(best) || sign * value < best)
                best = sign * value;
        }

        return before + _minDelta < after;
    }
}
