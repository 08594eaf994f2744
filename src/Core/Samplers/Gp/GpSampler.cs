using Optuna.Distributions;
using Optuna.SearchSpaces;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Samplers.Gp;

/// <summary>
/// Bayesian optimization: a Gaussian process over the complete trials, and the point that promises most improvement under it.
/// </summary>
/// <remarks>
/// Ament et al. 2023 (log expected improvement, also with trials that run), Gardner et al. 2014 (constraints), Daulton et al. 2020
/// (several objectives, by hypervolume; slow beyond four). Time per trial grows as the cube of complete trials, up to 1000 of
/// them; beyond, the 500 best (by rank) and the newest others stand for all.
/// Pruned trials are ignored. Draws depend on nothing but the study and the generator passed in.
/// </remarks>
public sealed class GpSampler : IRelativeSampler
{
    // Beyond, the boxes that what is not dominated is cut into are very many.
    private const int FewObjectives = 4;

    private readonly GpOptions _options;
    private int _hasWarned;
    private int _hasWarnedOfMany;

    public GpSampler(GpOptions? options = null) => _options = options ?? GpOptions.Default;

    public SearchSpace InferRelativeSpace(SamplingContext context) => context.Study.SpaceOfComplete.WithoutSingles();

    public IReadOnlyList<TrialParam> SampleRelative(SamplingContext context, SearchSpace space)
    {
        if (IsStartup(context.Study))
            return [];
        var known = new GpSpace(space);
        var history = new GpHistory(context.Study, known);
        if (history.Count == 0)
            return [];
        if (context.Study.Directions.Length > FewObjectives && Interlocked.Exchange(ref _hasWarnedOfMany, 1) == 0)
            OptunaLog.Warning($"GpSampler is slow with more than {FewObjectives} objectives, and the study has {context.Study.Directions.Length}: consider another sampler.");
        var models = Models.Fit(context, known, history, _options.DeterministicObjective);
        if (models.HadInfinite && Interlocked.Exchange(ref _hasWarned, 1) == 0)
            OptunaLog.Warning("GpSampler takes infinite values for the largest or smallest finite one.");
        var acquisition = models.Acquisition(history.Running(context.Number), context.Random.Own);
        var best = models.BestRows(context.Random.Own).Select(history.Point).ToArray();
        return known.Params(new MixedSearch(acquisition, known).Maximize(best, context.Random.Own));
    }

    public double SampleIndependent(SamplingContext context, string name, Distribution distribution)
    {
        if (_options.WarnIndependentSampling && OptunaLog.IsEnabled && !IsStartup(context.Study))
        {
            OptunaLog.Warning(
                $"Trial {context.Number}: parameter '{name}' is drawn at random, since GpSampler models only what every complete trial has.");
        }

        return RandomSampler.Uniform(distribution, context.Random.Fallback);
    }

    private bool IsStartup(StudyView study) => study.CompleteCount < _options.StartupTrials;
}
