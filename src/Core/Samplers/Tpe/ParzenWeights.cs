using Optuna.Numerics;

namespace Optuna.Samplers.Tpe;

/// <summary>Weights of the kernels of an estimator: one per observation, oldest first, and the prior's at the end.</summary>
internal static class ParzenWeights
{
    /// <summary>So many of the newest observations count in full.</summary>
    private const int Recent = 25;

    /// <summary>The newest 25 observations weigh 1; older ones fall linearly to 1/n (Bergstra et al. 2013, "linear forgetting").</summary>
    internal static void Default(Span<double> weights)
    {
        var n = weights.Length;
        var older = Math.Max(0, n - Recent);
        if (older > 0)
        {
            var start = 1.0 / n;
            var step = older == 1 ? 0 : (1 - start) / (older - 1);
            for (var i = 0; i < older; i++)
                weights[i] = (i * step) + start;
            if (older > 1)
                weights[older - 1] = 1;
        }
        weights[older..].Fill(1);
    }

    /// <summary>Fills all but the last of <paramref name="weights"/> as <paramref name="options"/> say, and the last with the prior's.</summary>
    internal static void Fill(Span<double> weights, ParzenOptions options)
    {
        FillUnscaled(weights, options);
        Close(weights, options.PriorWeight);
    }

    /// <summary>The same, not scaled.</summary>
    internal static void FillUnscaled(Span<double> weights, ParzenOptions options)
    {
        var own = weights[..^1];
        if (options.Uniform)
            own.Fill(1);
        else if (options.Weights is null)
            Default(own);
        else
            Custom(options.Weights, own);
        weights[^1] = options.PriorWeight;
    }

    /// <summary>Sets the prior's weight and scales all to the sum 1. Without observations the prior is alone.</summary>
    internal static void Close(Span<double> weights, double priorWeight)
    {
        weights[^1] = weights.Length == 1 ? 1 : priorWeight;
        var total = PairwiseSum.Of(weights);
        foreach (ref var weight in weights)
            weight /= total;
    }

    private static void Custom(Func<int, IReadOnlyList<double>> function, Span<double> own)
    {
        var n = own.Length;
        var given = function(n);
        if (given.Count < n)
            throw new ArgumentException($"The weights function returned {given.Count} weights for {n} observations.");

        var total = 0.0;
        for (var i = 0; i < n; i++)
        {
            if (given[i] < 0)
                throw new ArgumentException($"The weights function must not return negative values, but number {i} of {n} is {given[i]:R}.");
            if (!double.IsFinite(given[i]))
                throw new ArgumentException($"The weights function must not return infinite or NaN values, but number {i} of {n} is {given[i]:R}.");
            total += own[i] = given[i];
        }
        if (n > 0 && total <= 0)
            throw new ArgumentException($"The weights function must not return only zeros, but all {n} weights are 0.");
    }
}
