using Optuna.Numerics;

namespace Optuna.Importance;

/// <summary>
/// A random forest (Breiman 2001) for regression: every tree learns from a bootstrap sample, tries every column at every
/// node, and grows until its leaves are pure. Columns are the numbers and the single choices of categoricals, as if these
/// were one-hot.
/// </summary>
/// <remarks>Trees are grown on all processors; each has a generator of its own, so the forest depends on the seed alone.</remarks>
internal static class RandomForest
{
    /// <summary>Grows each tree and answers what <paramref name="look"/> makes of it, in the order of the trees.</summary>
    public static T[] Grow<T>(ForestData data, ForestOptions options, ulong seed, Func<RegressionTree, T> look)
    {
        var sorted = new int[data.Features.Length][];
        for (var f = 0; f < sorted.Length; f++)
        {
            if (data.Features[f].IsNumeric)
                sorted[f] = SortedRows(data.Features[f].Values);
        }

        var results = new T[options.Trees];
        Parallel.For(0, options.Trees, () => new TreeBuilder(data, sorted, options.MaxDepth), (tree, _, builder) =>
        {
            results[tree] = look(builder.Grow(RandomState.ForTrial(seed, tree, stream: 0)));
            return builder;
        }, _ => { });
        return results;
    }

    private static int[] SortedRows(double[] values)
    {
        var rows = new int[values.Length];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = i;
        Array.Sort((double[])values.Clone(), rows);
        return rows;
    }
}
