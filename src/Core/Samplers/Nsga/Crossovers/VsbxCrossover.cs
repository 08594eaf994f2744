using Optuna.Numerics;

namespace Optuna.Samplers.Nsga.Crossovers;

/// <summary>SBX that leaves no part of the space out of reach: Ballester and Carter 2003.</summary>
public sealed class VsbxCrossover : ICrossover
{
    private const double Least = 1e-10;

    private readonly TwoChildren _two;

    /// <inheritdoc cref="SbxCrossover(double?, double, double)"/>
    public VsbxCrossover(double? eta = null, double uniformCrossoverProb = 0.5, double useChildGeneProb = 0.5) =>
        _two = TwoChildren.Checked(eta, uniformCrossoverProb, useChildGeneProb);

    public int ParentCount => 2;

    public void Cross(ReadOnlySpan<double[]> parents, ReadOnlySpan<double> lows, ReadOnlySpan<double> highs, int objectives, RandomState random, Span<double> child)
    {
        var power = 1 / (_two.EtaFor(objectives) + 1);
        var us = new double[child.Length];
        random.NextDoubles(us);
        var first = random.NextDouble() <= 0.5;
        var second = random.NextDouble() <= 0.5;
        var sibling = us;
        for (var i = 0; i < child.Length; i++)
        {
            var (x, y) = (parents[0][i], parents[1][i]);
            var beta1 = Math.Pow(1 / Math.Max(2 * us[i], Least), power);
            var beta2 = Math.Pow(1 / Math.Max(2 * (1 - us[i]), Least), power);
            child[i] = first ? 0.5 * (((1 + beta1) * x) + ((1 - beta2) * y)) : 0.5 * (((1 - beta1) * x) + ((1 + beta2) * y));
            sibling[i] = second ? 0.5 * (((3 - beta1) * x) - ((1 - beta2) * y)) : 0.5 * ((-(1 - beta1) * x) + ((3 - beta2) * y));
        }

        _two.Choose(parents, random, child, sibling);
    }
}
