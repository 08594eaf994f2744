using Optuna.Numerics;
using Optuna.Samplers.Gp;
using Optuna.Studies;

namespace Optuna.Terminators;

/// <summary>Expected minimum model regret: how much the last trial moved what is believed of the best point, bounded from above.</summary>
/// <remarks>
/// Ishibashi et al., "A stopping criterion for Bayesian optimization by the gap of expected minimum simple regrets", 2023, algorithm 1,
/// in standard deviations of the values. Needs no cross-validation; pair it with <see cref="MedianErrorEvaluator"/>.
/// </remarks>
public sealed class EmmrEvaluator : IImprovementEvaluator
{
    // Nothing ends before the study can be judged.
    private const double Endless = double.MaxValue * 0.1;

    private readonly bool _noiseless;
    private readonly double _delta;
    private readonly int _minTrials;
    private readonly ulong? _seed;

    /// <param name="deterministicObjective">The objective gives the same value for the same parameters.</param>
    /// <param name="delta">How probably the bound may fail; above 0.</param>
    /// <param name="minTrials">Complete trials before anything is said; at least 2.</param>
    /// <param name="seed">Null: the study's.</param>
    /// <exception cref="ArgumentException">A number out of range.</exception>
    public EmmrEvaluator(bool deterministicObjective = false, double delta = 0.1, int minTrials = 2, ulong? seed = null)
    {
        if (!(delta > 0))
            throw new ArgumentException($"'delta' must be positive (it is {delta}).");
        if (minTrials < 2)
            throw new ArgumentException($"'min_n_trials' must be at least 2 (it is {minTrials}).");
        (_noiseless, _delta, _minTrials, _seed) = (deterministicObjective, delta, minTrials, seed);
    }

    public double Evaluate(StudyView study)
    {
        if (study.CompleteCount < _minTrials)
            return Endless;
        var varied = study.SpaceOfComplete.WithoutSingles();
        if (varied.IsEmpty)
        {
            OptunaLog.Warning("EmmrEvaluator: the complete trials have no parameter in common that varies, so the study never ends by it.");
            return Endless;
        }

        var space = new GpSpace(varied);
        var history = new GpHistory(study, space);
        var scores = Standardized.Of(history.Values(0)).Values;
        var last = scores.Length - 1;
        var earlier = history.Points[..(last * space.Dimensions)];
        var before = Models.FitOne(earlier, scores[..last], space.IsCategorical, _noiseless, last: null);
        var now = Models.FitOne(history.Points, scores, space.IsCategorical, _noiseless, before.Parameters);

        // θ*ₜ and θ*ₜ₋₁, the best points with and without the last trial.
        var best = history.Point(Best(scores));
        var bestBefore = history.Point(Best(scores.AsSpan(0, last)));
        var together = TwoPoints.Of(now, best, bestBefore);
        var meanBefore = TwoPoints.Of(before, bestBefore, bestBefore).Mean;
        var newest = TwoPoints.Of(now, history.Point(last), best);
        var random = RandomState.ForTrial(_seed ?? study.Seed, study.CompleteCount, stream: 12);
        var kappa = StandardizedRegret.Of(before, space, earlier, study.SpaceOfComplete.Count, _delta, random);

        // Theorem 1.
        var fall = meanBefore - together.Mean;
        var v = Math.Sqrt(Math.Max(1e-10, together.Variance - (2 * together.Covariance) + together.OtherVariance));
        var g = -fall / v;
        // Eq. 4: the divergence of what is believed now from what was before.
        var noise = KernelParameters.LeastNoise;
        var (variance, error) = (newest.Variance, scores[last] - newest.Mean);
        var total = variance + noise;
        var divergence = 0.5 * (Math.Log(1 + (variance / noise)) - (variance / total) + (variance * error * error / (total * total)));
        return Math.Min(double.MaxValue * 0.5,
            fall + (v * Math.Exp((-0.5 * g * g) - Normal.LogSqrtTwoPi)) + (v * g * Normal.Cdf(g)) + (kappa * Math.Sqrt(0.5 * Math.Max(0, divergence))));
    }

    private static int Best(ReadOnlySpan<double> scores)
    {
        var best = 0;
        for (var i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[best])
                best = i;
        }

        return best;
    }
}
