using Optuna.Numerics;

namespace Optuna.Samplers.Nsga.Crossovers;

/// <summary>SBX and vSBX make two children. One of them is kept, after its parameters were mixed with its sibling's and its parents'.</summary>
/// <param name="Eta">Distribution index: the larger, the nearer children are to their parents. Null: 2 for one objective, 20 for several.</param>
/// <param name="UniformCrossoverProb">How likely the two children swap a parameter.</param>
/// <param name="UseChildGeneProb">How likely a parameter is a child's at all and not a parent's.</param>
internal readonly record struct TwoChildren(double? Eta, double UniformCrossoverProb, double UseChildGeneProb)
{
    internal static TwoChildren Checked(double? eta, double uniformCrossoverProb, double useChildGeneProb)
    {
        if (eta is not null and not >= 0)
            throw new ArgumentException($"eta must be 0 or more, but it is {eta:R}.");
        if (!(useChildGeneProb > 0 && useChildGeneProb <= 1))
            throw new ArgumentException($"use_child_gene_prob must be above 0 and at most 1, but it is {useChildGeneProb:R}.");
        return new TwoChildren(eta, OptionRange.Probability(uniformCrossoverProb, "uniform_crossover_prob"), useChildGeneProb);
    }

    internal double EtaFor(int objectives) => Eta ?? (objectives > 1 ? 20 : 2);

    /// <param name="child">The first child; takes the one that is kept.</param>
    /// <param name="sibling">The second.</param>
    internal void Choose(ReadOnlySpan<double[]> parents, RandomState random, Span<double> child, Span<double> sibling)
    {
        for (var i = 0; i < child.Length; i++)
        {
            if (random.NextDouble() >= UseChildGeneProb)
                (child[i], sibling[i]) = (parents[0][i], parents[1][i]);
            if (random.NextDouble() < UniformCrossoverProb)
                (child[i], sibling[i]) = (sibling[i], child[i]);
        }

        if (random.NextDouble() >= 0.5)
            sibling.CopyTo(child);
    }
}
