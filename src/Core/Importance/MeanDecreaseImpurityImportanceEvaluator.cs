namespace Optuna.Importance;

/// <summary>Mean decrease of impurity: by how much the questions about a parameter lower a random forest's squared error.</summary>
/// <remarks>Breiman 2001; per tree the shares of all gains, averaged over the trees that ask anything at all.</remarks>
public sealed class MeanDecreaseImpurityImportanceEvaluator(ForestOptions? options = null) : IImportanceEvaluator
{
    private readonly ForestOptions _options = (options ?? new ForestOptions()).Checked();

    public IReadOnlyList<KeyValuePair<string, double>> Evaluate(CompletedTrials trials, IReadOnlyList<string>? parameters)
    {
        var space = CommonSpace.Of(trials, parameters);
        var importances = new double[space.Params.Count];
        if (importances.Length > 0 && space.Rows.Length > 1)
        {
            var data = ForestData.Of(trials, space, space.Params);
            foreach (var gains in RandomForest.Grow(data, _options, _options.Seed ?? trials.Seed, tree => Gains(tree, importances.Length)))
            {
                for (var f = 0; f < importances.Length; f++)
                    importances[f] += gains[f];
            }

            // Trees without a question add nothing to the sum; the rest add one each.
            var sum = importances.Sum();
            for (var f = 0; f < importances.Length && sum > 0; f++)
                importances[f] /= sum;
        }

        return [.. space.Params.Select((p, f) => KeyValuePair.Create(p.Key, importances[f]))];
    }

    private static double[] Gains(RegressionTree tree, int features)
    {
        var gains = new double[features];
        foreach (var node in tree.Nodes)
        {
            if (!node.IsLeaf)
                gains[node.Feature] += Math.Max(0, node.Gain);
        }

        var sum = gains.Sum();
        return sum > 0 ? [.. gains.Select(g => g / sum)] : gains;
    }
}
