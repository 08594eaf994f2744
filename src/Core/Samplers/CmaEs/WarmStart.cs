using Optuna.Numerics;

namespace Optuna.Samplers.CmaEs;

/// <summary>A first distribution from the solutions of a similar task.</summary>
/// <remarks>M. Nomura, S. Watanabe, Y. Akimoto, Y. Ozaki and M. Onishi, "Warm Starting CMA-ES for Hyperparameter Optimization", AAAI 2021 (arXiv 2012.06932).</remarks>
/// <param name="Mean">m.</param>
/// <param name="Sigma">σ.</param>
/// <param name="Covariance">C, n × n by rows, with determinant 1.</param>
internal sealed record WarmStart(double[] Mean, double Sigma, double[] Covariance)
{
    // The share of solutions that count as promising, and the deviation around each of them.
    private const double Gamma = 0.1;
    private const double Alpha = 0.1;

    /// <summary>Fewer solutions have no promising tenth.</summary>
    internal const int LeastSolutions = 10;

    /// <param name="solutions">Points of the unit cube with values to be minimised; at least <see cref="LeastSolutions"/>.</param>
    internal static WarmStart From(IReadOnlyList<(double[] Point, double Value)> solutions)
    {
        var promising = solutions.OrderBy(s => double.IsNaN(s.Value) ? double.PositiveInfinity : s.Value)
            .Take((int)Math.Floor(solutions.Count * Gamma)).Select(s => s.Point).ToArray();
        if (promising.Length == 0)
            throw new ArgumentException($"A warm start takes {LeastSolutions} solutions or more, but there are {solutions.Count}.", nameof(solutions));
        var n = promising[0].Length;
        var mean = new double[n];
        foreach (var x in promising)
            for (var i = 0; i < n; i++)
                mean[i] += x[i] / promising.Length;

        // The normal distribution nearest to the mixture of N(x, α²I): Σ = α²I + covariance.
        var covariance = new double[n * n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
            {
                foreach (var x in promising)
                    covariance[(i * n) + j] += (x[i] - mean[i]) * (x[j] - mean[j]) / promising.Length;
                if (i == j)
                    covariance[(i * n) + j] += Alpha * Alpha;
            }

        // σ = det(Σ)^(1/2n), C = Σ / σ².
        var (values, vectors) = (new double[n], new double[n * n]);
        new SymmetricEigen(n).Decompose(covariance, values, vectors);
        var sigma = Math.Exp(values.Sum(Math.Log) / 2 / n);
        foreach (ref var c in covariance.AsSpan())
            c /= sigma * sigma;
        return new WarmStart(mean, sigma, covariance);
    }
}
