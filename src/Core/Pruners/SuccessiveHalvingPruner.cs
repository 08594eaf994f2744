using System.Globalization;
using Optuna.Json;
using Optuna.Studies;
using Optuna.Studies.State;

namespace Optuna.Pruners;

/// <summary>Asynchronous successive halving: at every rung the best of the trials that came there go on, the others are pruned.</summary>
/// <remarks>
/// Li et al., A System for Massively Parallel Hyperparameter Tuning, MLSys 2020, Algorithm 2, without its resuming of
/// trials: whoever is not among the best on arrival ends. What a trial was worth at rung k stands in its system attribute
/// <c>completed_rung_k</c>, as Optuna keeps it. Costs O(√trials) per report.
/// </remarks>
public sealed class SuccessiveHalvingPruner : IPruner
{
    /// <summary>Study system attribute with the minimum resource that was found out: from then on it stays, also when the study is read back.</summary>
    public const string MinResourceKey = "successive_halving:min_resource";

    private readonly SuccessiveHalvingOptions _options;

    /// <exception cref="ArgumentException">An option is out of its range, or two do not go together.</exception>
    public SuccessiveHalvingPruner(SuccessiveHalvingOptions? options = null)
    {
        _options = options ?? new SuccessiveHalvingOptions();
        _options.Check();
    }

    public bool ShouldPrune(PruningContext context)
    {
        if ((_options.MinResource ?? FoundMinResource(context)) is not { } minResource)
            return false;
        var value = context.Reports[context.LastStep];
        for (var rung = FirstIncomplete(context);; rung++)
        {
            if (context.LastStep < PromotionStep(minResource, rung))
                return false;
            if (double.IsNaN(value))
                return true;
            context.SetTrialAttr(PruningContext.RungKey(rung), PythonJson.Write(value));
            var others = context.Rung(rung);
            if (others.NumberCount + 1 <= _options.BootstrapCount || !IsPromoted(value, others, context.Direction))
                return true;
        }
    }

    private static int FirstIncomplete(PruningContext context)
    {
        var rung = 0;
        while (context.TrialAttr(PruningContext.RungKey(rung)) is not null)
            rung++;
        return rung;
    }

    // Too far for any step is far enough.
    private long PromotionStep(long minResource, int rung)
    {
        var step = minResource;
        for (var i = 0L; i < (long)_options.MinEarlyStoppingRate + rung; i++)
        {
            if (step > long.MaxValue / _options.ReductionFactor)
                return long.MaxValue;
            step *= _options.ReductionFactor;
        }

        return step;
    }

    // Among the best n/η of the n that came, itself included; of fewer than η, only the best.
    private bool IsPromoted(double value, SortedValues others, StudyDirection direction)
    {
        var last = Math.Max(((others.NumberCount + 1) / _options.ReductionFactor) - 1, 0);
        if (last >= others.NumberCount)
            return true;
        return direction == StudyDirection.Minimize ? value <= others[last] : value >= others[others.NumberCount - 1 - last];
    }

    /// <summary>The resource in a system attribute's JSON text; null where there is none, or no positive whole number.</summary>
    internal static long? Recorded(string? json) =>
        long.TryParse(json, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 ? value : null;

    private static long? FoundMinResource(PruningContext context)
    {
        if (Recorded(context.StudyAttr(MinResourceKey)) is { } known)
            return known;
        if (context.LastStepOfComplete < 0)
            return null;
        var found = Math.Max(context.LastStepOfComplete / 100, 1);
        context.SetStudyAttr(MinResourceKey, found.ToString(CultureInfo.InvariantCulture));
        return found;
    }
}
