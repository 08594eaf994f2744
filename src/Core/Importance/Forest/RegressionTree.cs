namespace Optuna.Importance;

/// <summary>
/// One node: a leaf with the mean of its rows, or a question. Of a number: is it at most <paramref name="Threshold"/>? Of a
/// categorical: is it <em>not</em> the choice <paramref name="Threshold"/>? Yes leads to the left.
/// </summary>
/// <param name="Feature">−1 for a leaf.</param>
/// <param name="Gain">By how much the question lowers the sum of squared errors.</param>
internal readonly record struct TreeNode(int Feature, double Threshold, int Left, int Right, double Value, double Gain)
{
    public bool IsLeaf => Feature < 0;

    public static TreeNode Leaf(double value) => new(-1, 0, -1, -1, value, 0);
}

/// <summary>A regression tree (Breiman et al. 1984), its root first and every node before those under it.</summary>
internal sealed record RegressionTree(TreeNode[] Nodes)
{
    public double Predict(ReadOnlySpan<double> row, ReadOnlySpan<ForestFeature> features)
    {
        var at = 0;
        while (Nodes[at] is { IsLeaf: false } node)
        {
            var x = row[node.Feature];
            at = (features[node.Feature].IsNumeric ? x <= node.Threshold : x != node.Threshold) ? node.Left : node.Right;
        }

        return Nodes[at].Value;
    }
}
