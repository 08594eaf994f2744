using Optuna.Samplers.Gp;

namespace Optuna.Terminators;

/// <summary>What a Gaussian process says of two points together.</summary>
internal readonly record struct TwoPoints(double Mean, double Variance, double OtherMean, double OtherVariance, double Covariance)
{
    public static TwoPoints Of(GaussianProcess process, ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var points = new double[process.Dimensions * Surrogate.Points];
        for (var d = 0; d < process.Dimensions; d++)
        {
            points.AsSpan(d * Surrogate.Points, Surrogate.Points).Fill(b[d]);
            points[d * Surrogate.Points] = a[d];
        }

        var surrogate = new Surrogate(process);
        var (means, variances) = (new double[Surrogate.Points], new double[Surrogate.Points]);
        surrogate.Look(points);
        surrogate.Moments(means, variances);
        // cov(a, b) = k(a, b) − u(a)·u(b), as the variance is k(a, a) − |u(a)|².
        var covariance = Kernel(process, a, b);
        for (var i = 0; i < process.Count; i++)
            covariance -= surrogate.Features[i * Surrogate.Points] * surrogate.Features[(i * Surrogate.Points) + 1];
        return new TwoPoints(means[0], variances[0], means[1], variances[1], covariance);
    }

    // Matérn 5/2.
    private static double Kernel(GaussianProcess process, ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var square = 0.0;
        for (var d = 0; d < process.Dimensions; d++)
        {
            var difference = process.IsCategorical[d] ? (a[d] == b[d] ? 0 : 1) : a[d] - b[d];
            square += process.Parameters.InverseSquares[d] * difference * difference;
        }

        var r = Math.Sqrt(5 * square);
        return process.Parameters.Scale * (1 + r + (r * r / 3)) * Math.Exp(-r);
    }
}
