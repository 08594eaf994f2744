namespace Optuna.Importance;

/// <summary>How a tree's variance over the space is shared out among the single parameters.</summary>
/// <remarks>
/// A leaf is a box. With V its share of the space's volume and w its share of one parameter's range, it adds V·value / w
/// to that parameter's marginal (Hutter et al. 2014, eq. 2) over its own part of the range. One walk through the
/// leaves gives all marginals.
/// </remarks>
internal sealed class TreeVariances
{
    private readonly RegressionTree _tree;
    private readonly IMarginal[] _marginals;
    private readonly double _mean;
    private double _total;

    private TreeVariances(RegressionTree tree, ForestFeature[] features)
    {
        _tree = tree;
        _marginals = [.. features.Select((f, i) => f.IsNumeric ? (IMarginal)new NumberMarginal(f, i, tree) : new ChoiceMarginal(f))];
        var mean = 0.0;
        Walk(0, 1, (volume, value) => mean += volume * value);
        _mean = mean;
        Walk(0, 1, AddLeaf);
    }

    /// <summary>By parameter, its marginal's variance as a share of the tree's; null when the tree's is zero.</summary>
    public static double[]? Shares(RegressionTree tree, ForestFeature[] features)
    {
        if (tree.Nodes.Length == 1)
            return null;
        var variances = new TreeVariances(tree, features);
        return variances._total > 0 ? [.. variances._marginals.Select(m => Math.Max(0, m.Variance()) / variances._total)] : null;
    }

    private void Walk(int at, double volume, Action<double, double> leaf)
    {
        var node = _tree.Nodes[at];
        if (volume <= 0)
            return;
        if (node.IsLeaf)
        {
            leaf(volume, node.Value);
            return;
        }

        var marginal = _marginals[node.Feature];
        var before = marginal.Width;
        marginal.EnterLeft(node.Threshold);
        Walk(node.Left, volume * (marginal.Width / before), leaf);
        marginal.EnterRightInstead();
        Walk(node.Right, volume * (marginal.Width / before), leaf);
        marginal.Leave();
    }

    // About the mean, so that sums stay small.
    private void AddLeaf(double volume, double value)
    {
        var difference = value - _mean;
        _total += volume * difference * difference;
        foreach (var marginal in _marginals)
            marginal.Add(volume * difference / marginal.Width);
    }
}
