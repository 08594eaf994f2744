using Optuna.Importance;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna;

/// <content>Which parameters matter.</content>
public sealed partial class Study
{
    /// <summary>How important each parameter is, the most important first: at least 0, and 1 in sum.</summary>
    /// <param name="evaluator">Null: <see cref="PedAnovaImportanceEvaluator"/>.</param>
    /// <param name="params">Names to assess; null for all the evaluator can.</param>
    /// <param name="target">What to explain instead of the objective's value.</param>
    /// <param name="normalize">False leaves the evaluator's own scale.</param>
    /// <exception cref="ArgumentException">A parameter that cannot be assessed, or several objectives and no target for an evaluator that needs one.</exception>
    /// <exception cref="InvalidOperationException">fANOVA: the value is the same everywhere.</exception>
    public IReadOnlyDictionary<string, double> GetParamImportances(
        IImportanceEvaluator? evaluator = null, IReadOnlyList<string>? @params = null, Func<FrozenTrial, double>? target = null, bool normalize = true) =>
        Wait(GetParamImportancesAsync(evaluator, @params, target, normalize));

    /// <inheritdoc cref="GetParamImportances"/>
    /// <remarks>On a cluster the trials are read page by page and assessed here.</remarks>
    public async ValueTask<IReadOnlyDictionary<string, double>> GetParamImportancesAsync(
        IImportanceEvaluator? evaluator = null, IReadOnlyList<string>? @params = null, Func<FrozenTrial, double>? target = null, bool normalize = true,
        CancellationToken cancellationToken = default)
    {
        var trials = target is null && _backend is IStudyStateSource source
            ? source.Read(CompletedTrials.Of)
            : CompletedTrials.Of(_summary, await GetTrialsAsync([TrialState.Complete], cancellationToken).ConfigureAwait(false), target);
        return ParamImportances.Of(trials, evaluator, @params, normalize);
    }
}
