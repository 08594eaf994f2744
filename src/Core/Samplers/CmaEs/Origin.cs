using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Samplers.CmaEs;

/// <summary>The distribution a study starts with.</summary>
internal static class Origin
{
    // Keeps sigma0 from vanishing.
    private const double LeastSigma = 1e-10;

    /// <exception cref="ArgumentException">x0 does not fit the space, or there are too few source trials that do.</exception>
    internal static IEvolutionStrategy Of(UnitCube cube, CmaEsOptions options, StudyDirection direction)
    {
        var (mean, sigma) = (new double[cube.Dimension], Math.Max(options.Sigma0 ?? 1.0 / 6, LeastSigma));
        double[]? covariance = null;
        if (options.SourceTrials is { } trials && Solutions(cube, trials, options, direction) is { } solutions)
            (mean, sigma, covariance) = WarmStart.From(solutions);
        else if (options.X0 is { } x0)
            Enter(cube, x0, mean);
        else
            Array.Fill(mean, 0.5);

        if (options.UseSeparableCma && cube.Dimension > 1)
            return new SeparableCma(mean, sigma, options.PopulationSize);
        return options.WithMargin
            ? new MarginCma(mean, sigma, cube.Steps, options.PopulationSize, covariance)
            : new FullCma(mean, sigma, options.PopulationSize, covariance, options.LearningRateAdaptation);
    }

    private static void Enter(UnitCube cube, IReadOnlyDictionary<string, object?> x0, double[] mean)
    {
        for (var i = 0; i < mean.Length; i++)
        {
            var (name, distribution) = cube.Space.Params[i];
            if (!x0.TryGetValue(name, out var external))
                throw new ArgumentException($"CmaEsSampler: 'x0' has no value for parameter '{name}'.");
            var value = distribution.ToInternal(external);
            if (!distribution.Contains(value))
                throw new ArgumentException($"CmaEsSampler: the value {external} of parameter '{name}' in 'x0' is not contained in {distribution}.");
            mean[i] = cube.Enter(i, value);
        }
    }

    private static List<(double[] Point, double Value)>? Solutions(
        UnitCube cube, IReadOnlyList<FrozenTrial> trials, CmaEsOptions options, StudyDirection direction)
    {
        var sign = direction == StudyDirection.Maximize ? -1 : 1;
        var solutions = new List<(double[], double)>();
        foreach (var t in trials)
        {
            var counts = t.State == TrialState.Complete || (options.ConsiderPrunedTrials && t.State == TrialState.Pruned);
            if (counts && ValueOf(t) is { } value && PointOf(cube, t, options.SourceIsHint) is { } point)
                solutions.Add((point, sign * value));
        }

        return solutions.Count >= WarmStart.LeastSolutions
            ? solutions
            : options.SourceIsHint
            ? null
            : throw new ArgumentException(
                $"CmaEsSampler: 'source_trials' must hold {WarmStart.LeastSolutions} trials or more with exactly the parameters " +
                $"{string.Join(", ", cube.Space.Params.Select(p => $"'{p.Key}'"))} within their ranges, but it holds {solutions.Count}.");
    }

    private static double? ValueOf(FrozenTrial trial) =>
        trial.Value ?? (trial.LastStep is { } step ? trial.IntermediateValues[step] : null);

    private static double[]? PointOf(UnitCube cube, FrozenTrial trial, bool mayHaveMore)
    {
        if (trial.ParamList.Length != cube.Dimension && !mayHaveMore)
            return null;
        var point = new double[cube.Dimension];
        Array.Fill(point, double.NaN);
        foreach (var p in trial.ParamList)
        {
            for (var i = 0; i < point.Length; i++)
                if (cube.Space.Params[i].Key == p.Name)
                    point[i] = cube.Enter(i, p.Value);
        }

        return UnitCube.Contains(point) ? point : null;
    }
}
