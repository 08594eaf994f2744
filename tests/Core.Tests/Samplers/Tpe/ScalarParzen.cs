using Optuna.Numerics;
using Optuna.Samplers.Tpe;

namespace Optuna.Tests.Samplers.Tpe;

/// <summary>The estimator's definition written down kernel by kernel, with no table or short cut.</summary>
internal static class ScalarParzen
{
    /// <param name="byAge">Equal observations are neighbours in the order of their trials, rather than as NumPy's sort leaves them.</param>
    internal static double[] LogDensities(History history, bool byAge = false)
    {
        var n = history.Observations[0].Length;
        var weights = new double[n + 1];
        for (var i = 0; i < n; i++)
            weights[i] = n < 25 || i >= n - 25 ? 1 : 1.0 / n + (n == 26 ? 0 : i * (1 - 1.0 / n) / (n - 26));
        weights[n] = n == 0 ? 1 : history.Options.PriorWeight;
        var total = weights.Sum();

        return [.. Enumerable.Range(0, history.Points[0].Length).Select(c =>
        {
            var terms = new double[n + 1];
            for (var k = 0; k <= n; k++)
            {
                terms[k] = Math.Log(weights[k] / total);
                for (var j = 0; j < history.Parameters.Length; j++)
                    terms[k] += LogDensity(history.Parameters[j], history.Observations[j], k, history.Points[j][c], history.Options, byAge);
            }
            var largest = terms.Max();
            return largest + Math.Log(terms.Sum(t => Math.Exp(t - largest)));
        })];
    }

    private static double LogDensity(TpeParameter p, double[] observed, int kernel, double x, ParzenOptions options, bool byAge)
    {
        var n = observed.Length;
        if (p.Kind == TpeParameterKind.Categorical)
        {
            if (kernel == n)
                return Math.Log(1.0 / p.Choices);
            var share = options.PriorWeight / (n + 1);
            return Math.Log(((x == observed[kernel] ? 1 : 0) + share) / (1 + (p.Choices * share)));
        }

        // Widths may be as small as 1e-12, so the last bit of a logarithm shows: it must be the same one.
        double Scale(double v) => p.Scaled(v);
        var (low, high) = (p.SupportLow, p.SupportHigh);
        var mean = kernel == n ? (low + high) / 2 : Scale(observed[kernel]);
        var width = kernel == n ? high - low : Width([.. observed.Select(Scale)], kernel, low, high, options, byAge);
        var inRange = Normal.LogMass((low - mean) / width, (high - mean) / width);
        if (p.Kind == TpeParameterKind.Discrete)
            return Normal.LogMass((Scale(x - (p.Step / 2)) - mean) / width, (Scale(x + (p.Step / 2)) - mean) / width) - inRange;
        var z = (Scale(x) - mean) / width;
        return (-z * z / 2) - Math.Log(Math.Sqrt(2 * Math.PI) * width) - inRange;
    }

    private static double Width(double[] means, int kernel, double low, double high, ParzenOptions options, bool byAge)
    {
        var n = means.Length;
        var order = new int[n];
        if (byAge)
            order = [.. Enumerable.Range(0, n).OrderBy(i => means[i])];
        else
            ArgSort.Fill(means, order);
        var rank = Array.IndexOf(order, kernel);
        var left = means[kernel] - (rank == 0 ? low : means[order[rank - 1]]);
        var right = (rank == n - 1 ? high : means[order[rank + 1]]) - means[kernel];
        var width = Math.Max(left, right);
        if (!options.Endpoints && n > 1 && rank == 0)
            width = right;
        if (!options.Endpoints && n > 1 && rank == n - 1)
            width = left;
        return Math.Clamp(width, options.MagicClip ? (high - low) / Math.Min(100, n + 2) : 1e-12, high - low);
    }
}
