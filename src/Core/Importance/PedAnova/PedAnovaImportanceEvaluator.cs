using Optuna.Distributions;

namespace Optuna.Importance;

/// <summary>
/// PED-ANOVA: a parameter matters as far as the best trials' values of it are distributed otherwise than all trials'.
/// Conditional parameters, and those whose distribution changes, are assessed regime by regime.
/// </summary>
/// <remarks>
/// Watanabe, Bansal, Hutter, "PED-ANOVA: Efficiently Quantifying Hyperparameter Importance in Arbitrary Subspaces", 2023
/// (arXiv 2304.10255); regimes: theorem 4.2 and algorithm 1 of arXiv 2601.20800. Deterministic; number for number Optuna's.
/// A 'target' is taken as the smaller the better, whatever the study's direction.
/// </remarks>
public sealed class PedAnovaImportanceEvaluator : IImportanceEvaluator
{
    private const int LeastInRegime = 2;

    private readonly PedAnovaOptions _options;

    /// <exception cref="ArgumentException">Not 0 &lt; target quantile &lt; region quantile ≤ 1.</exception>
    public PedAnovaImportanceEvaluator(PedAnovaOptions? options = null)
    {
        _options = options ?? new PedAnovaOptions();
        if (!(0 < _options.TargetQuantile && _options.TargetQuantile < _options.RegionQuantile && _options.RegionQuantile <= 1))
        {
            throw new ArgumentException(
                $"0 < 'target_quantile' < 'region_quantile' <= 1 must hold (they are {_options.TargetQuantile} and {_options.RegionQuantile}).");
        }

        if (_options.RegionQuantile != 1 && !_options.EvaluateOnLocal)
            OptunaLog.Warning("'region_quantile' has no effect when 'evaluate_on_local' is false.");
    }

    public IReadOnlyList<KeyValuePair<string, double>> Evaluate(CompletedTrials trials, IReadOnlyList<string>? parameters)
    {
        if (parameters?.FirstOrDefault(p => trials.Param(p) is null) is { } missing)
            throw new ArgumentException($"No complete trial has the parameter '{missing}' of 'params'.");
        var names = parameters ?? trials.Names;
        var all = BestRows.Finite(trials);
        if (all.Length <= 1)
        {
            OptunaLog.Warning("There are too few trials to tell importances: all are equal.");
            return Zeros(names);
        }

        var target = BestRows.Of(trials, all, _options.TargetQuantile);
        var region = BestRows.Of(trials, all, _options.RegionQuantile);
        if (target.Length == region.Length)
            OptunaLog.Warning("The target quantile and the region quantile hold the same trials: all importances are equal.");
        if (target.Length == 0)
            return Zeros(names);

        var isTarget = new bool[trials.Count];
        foreach (var row in target)
            isTarget[row] = true;
        var gamma = (double)target.Length / region.Length;
        return [.. names.Select(n => KeyValuePair.Create(n, gamma * gamma * OfParam(trials.Param(n)!, region, isTarget, target.Length)))];
    }

    // Σ α²/β · D over the parameter's regimes; where it is absent it has no values to compare.
    private double OfParam(ParamRows param, int[] region, bool[] isTarget, int targets)
    {
        var regimes = param.Regimes.Select(d => new Regime(d)).ToArray();
        var absent = 0;
        foreach (var row in region)
        {
            if (param.RegimeOf[row] is var r and >= 0)
                regimes[r].Add(param.Values[row], isTarget[row]);
            else
                absent++;
        }

        if (absent is > 0 and < LeastInRegime || Array.Exists(regimes, r => r.Count is > 0 and < LeastInRegime))
            OptunaLog.Warning($"Some regimes of parameter '{param.Name}' have fewer than {LeastInRegime} trials: its importance may be inaccurate.");
        var importance = 0.0;
        foreach (var regime in regimes)
        {
            if (regime.Count < LeastInRegime || regime.Targets == 0 || regime.Distribution.IsSingle)
                continue;
            var (alpha, beta) = ((double)regime.Targets / targets, (double)regime.Count / region.Length);
            importance += alpha * alpha / beta * Divergence(regime);
        }

        return importance;
    }

    // Pearson's divergence of the best trials' density from the others': Σ p_loc (p_top / p_loc − 1)².
    private double Divergence(Regime regime)
    {
        var top = GridDensity.Of(regime.Distribution, regime.TargetCounts);
        var local = _options.EvaluateOnLocal ? GridDensity.Of(regime.Distribution, regime.Counts) : null;
        var divergence = 0.0;
        for (var x = 0; x < top.Length; x++)
        {
            var p = local is null ? 1.0 / top.Length : local[x] + 1e-12;
            var ratio = ((top[x] + 1e-12) / p) - 1;
            divergence += p * ratio * ratio;
        }

        return divergence;
    }

    private static KeyValuePair<string, double>[] Zeros(IReadOnlyList<string> names) => [.. names.Select(n => KeyValuePair.Create(n, 0.0))];

    /// <summary>The trials of a region that drew a parameter from one distribution, counted on its grid.</summary>
    private sealed class Regime(Distribution distribution)
    {
        private readonly ImportanceGrid _grid = new(distribution);
        private int[]? _counts;
        private int[]? _targetCounts;

        public Distribution Distribution => distribution;

        public int Count { get; private set; }

        public int Targets { get; private set; }

        public int[] Counts => _counts ??= new int[_grid.Points];

        public int[] TargetCounts => _targetCounts ??= new int[_grid.Points];

        public void Add(double value, bool isTarget)
        {
            Count++;
            Targets += isTarget ? 1 : 0;
            if (distribution.IsSingle)
                return;
            var cell = _grid.CellOf(value);
            Counts[cell]++;
            TargetCounts[cell] += isTarget ? 1 : 0;
        }
    }
}
