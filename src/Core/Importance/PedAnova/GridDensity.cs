using Optuna.Distributions;
using Optuna.Numerics;

namespace Optuna.Importance;

/// <summary>A Parzen estimator of one parameter on its grid: a kernel per point that was met, weighted by how often, and a prior of weight 1.</summary>
internal static class GridDensity
{
    private const double PriorWeight = 1;

    // 90 % of the narrowest kernel's mass lie within its own cell.
    private const double LeastWidth = 0.5 / 1.64;

    /// <summary>The probability of every point.</summary>
    /// <param name="counts">Values met at each point; at least one in all.</param>
    public static double[] Of(Distribution distribution, int[] counts) =>
        distribution is CategoricalDistribution ? OfChoices(counts) : OfNumbers(counts);

    private static double[] OfChoices(int[] counts)
    {
        var total = counts.Sum() + PriorWeight;
        var share = PriorWeight / (counts.Count(c => c > 0) + 1);
        var norm = 1 + (share * counts.Length);
        var everywhere = ((total - PriorWeight) * share / norm) + (PriorWeight / counts.Length);
        return [.. counts.Select(c => ((c / norm) + everywhere) / total)];
    }

    private static double[] OfNumbers(int[] counts)
    {
        var n = counts.Length;
        var total = counts.Sum();
        var width = Math.Max(ScottWidth(counts, total), LeastWidth);
        var mass = MassByDistance(n, width);
        var density = new double[n];
        for (var k = 0; k < n; k++)
        {
            if (counts[k] > 0)
                AddKernel(density, counts[k] / (total + PriorWeight), k, width, d => mass[(int)d]);
        }

        AddKernel(density, PriorWeight / (total + PriorWeight), 0.5 * (n - 1), n, d => Mass(d, n));
        return density;
    }

    // A normal about its centre, cut to the grid with half a cell to both sides.
    private static void AddKernel(double[] density, double weight, double centre, double width, Func<double, double> massAt)
    {
        var n = density.Length;
        var scale = weight / Math.Exp(Normal.LogMass((-0.5 - centre) / width, (n - 0.5 - centre) / width));
        for (var x = 0; x < n; x++)
            density[x] += scale * massAt(Math.Abs(x - centre));
    }

    private static double[] MassByDistance(int n, double width)
    {
        var mass = new double[n];
        for (var d = 0; d < n; d++)
            mass[d] = Mass(d, width);
        return mass;
    }

    private static double Mass(double distance, double width) =>
        Math.Exp(Normal.LogMass((distance - 0.5) / width, (distance + 0.5) / width));

    // Scott's rule (Multivariate Density Estimation, 1992) with quartiles of the counts.
    private static double ScottWidth(int[] counts, int total)
    {
        var mean = 0.0;
        for (var x = 0; x < counts.Length; x++)
            mean += (double)x * counts[x];
        mean /= total;
        var square = 0.0;
        for (var x = 0; x < counts.Length; x++)
            square += (x - mean) * (x - mean) * counts[x];
        var deviation = Math.Sqrt(square / Math.Max(1, total - 1));
        var range = Quartile(counts, c => c > total * 3L / 4) - Quartile(counts, c => c >= total / 4);
        return 1.059 * Math.Min(range / 1.34, deviation) * Math.Pow(total, -0.2);
    }

    // The first point that was met and up to which so many were counted; else the last.
    private static int Quartile(int[] counts, Func<int, bool> enough)
    {
        var (cumulated, last) = (0, 0);
        for (var x = 0; x < counts.Length; x++)
        {
            if (counts[x] == 0)
                continue;
            (cumulated, last) = (cumulated + counts[x], x);
            if (enough(cumulated))
                break;
        }

        return last;
    }
}
