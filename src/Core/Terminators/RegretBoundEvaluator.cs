using Optuna.Numerics;
using Optuna.Samplers.Gp;
using Optuna.Studies;

namespace Optuna.Terminators;

/// <summary>An upper bound of the regret, in the objective's unit, under a Gaussian process over the better trials.</summary>
/// <remarks>Makarova et al. 2022. Draws depend on the study's seed and how far it got, so the same study is judged alike wherever it is.</remarks>
public sealed class RegretBoundEvaluator : IImprovementEvaluator
{
    private const double Delta = 0.1;

    private readonly double _ratio;
    private readonly int _minTrials;
    private readonly ulong? _seed;

    /// <param name="topTrialsRatio">The share of trials, the best ones, that the process is fitted to; above 0, at most 1.</param>
    /// <param name="minTrials">At least so many of them, if there are.</param>
    /// <param name="seed">Null: the study's.</param>
    /// <exception cref="ArgumentException">A number out of range.</exception>
    public RegretBoundEvaluator(double topTrialsRatio = 0.5, int minTrials = Terminator.DefaultMinTrials, ulong? seed = null)
    {
        if (!(topTrialsRatio is > 0 and <= 1))
            throw new ArgumentException($"'top_trials_ratio' must lie above 0 and at most at 1 (it is {topTrialsRatio}).");
        if (minTrials < 1)
            throw new ArgumentException($"'min_n_trials' must be at least 1 (it is {minTrials}).");
        (_ratio, _minTrials, _seed) = (topTrialsRatio, minTrials, seed);
    }

    public double Evaluate(StudyView study)
    {
        if (study.CompleteCount == 0)
            throw new InvalidOperationException("No trial is complete yet, so the regret bound cannot be told.");
        var varied = study.SpaceOfComplete.WithoutSingles();
        if (varied.IsEmpty)
            throw new InvalidOperationException("The complete trials have no parameter in common that varies: RegretBoundEvaluator cannot judge such a study.");
        var space = new GpSpace(varied);
        var history = new GpHistory(study, space);
        var (points, values) = Top(history, space);
        var scores = Standardized.Of(values);
        var process = Models.FitOne(points, scores.Values, space.IsCategorical, noiseless: false, last: null);
        var random = RandomState.ForTrial(_seed ?? study.Seed, study.CompleteCount, stream: 11);
        return StandardizedRegret.Of(process, space, points, study.SpaceOfComplete.Count, Delta, random) * scores.Deviation;
    }

    private (double[] Points, double[] Values) Top(GpHistory history, GpSpace space)
    {
        var values = history.Values(0);
        var count = Math.Min(Math.Max((int)(history.Count * _ratio), _minTrials), history.Count);
        var cutoff = values.OrderDescending().ElementAt(count - 1);
        int[] rows = [.. Enumerable.Range(0, values.Length).Where(i => values[i] >= cutoff)];
        return ([.. rows.SelectMany(history.Point)], [.. rows.Select(i => values[i])]);
    }
}
