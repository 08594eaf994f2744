using Optuna.Numerics;

namespace Optuna.Samplers.Nsga.Crossovers;

/// <summary>Simulated binary crossover, with the ends of the ranges taken into account: Deb and Agrawal 1995.</summary>
public sealed class SbxCrossover : ICrossover
{
    private readonly TwoChildren _two;

    /// <param name="eta">Distribution index, 0 or more: the larger, the nearer children are to their parents. Null: 2 for one objective, 20 for several.</param>
    /// <param name="uniformCrossoverProb">How likely the two children swap a parameter; 0 to 1. One of them is kept.</param>
    /// <param name="useChildGeneProb">How likely a parameter is a child's at all and not a parent's; above 0 and at most 1.</param>
    /// <exception cref="ArgumentException">One of them is out of range.</exception>
    public SbxCrossover(double? eta = null, double uniformCrossoverProb = 0.5, double useChildGeneProb = 0.5) =>
        _two = TwoChildren.Checked(eta, uniformCrossoverProb, useChildGeneProb);

    public int ParentCount => 2;

    public void Cross(ReadOnlySpan<double[]> parents, ReadOnlySpan<double> lows, ReadOnlySpan<double> highs, int objectives, RandomState random, Span<double> child)
    {
        var power = _two.EtaFor(objectives) + 1;
        var sibling = new double[child.Length];
        for (var i = 0; i < child.Length; i++)
        {
            var (least, most) = (Math.Min(parents[0][i], parents[1][i]), Math.Max(parents[0][i], parents[1][i]));
            var apart = Math.Max(most - least, 1e-10);
            var u = random.NextDouble();
            var left = Spread(u, 1 + (2 * (least - lows[i]) / apart), power);
            var right = Spread(u, 1 + (2 * (highs[i] - most) / apart), power);
            // Equations 4 and 5.
            child[i] = 0.5 * (least + most - (left * apart));
            sibling[i] = 0.5 * (least + most + (right * apart));
        }

        _two.Choose(parents, random, child, sibling);
    }

    // Equation 3: the spread factor, cut off where the range ends.
    private static double Spread(double u, double beta, double power)
    {
        var alpha = 2 - Math.Pow(beta, -power);
        return Math.Pow(u > 1 / alpha ? 1 / (2 - (u * alpha)) : u * alpha, 1 / power);
    }
}
