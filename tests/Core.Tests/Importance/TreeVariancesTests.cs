using Optuna.Importance;
using Optuna.Numerics;
using Optuna.Tests.Numerics;
using Xunit;

namespace Optuna.Tests.Importance;

/// <summary>The walk through the leaves against the definition: marginals evaluated point by point over the whole space.</summary>
public sealed class TreeVariancesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Shares_are_those_of_the_marginals_by_brute_force(uint seed)
    {
        var data = RandomData(seed);
        foreach (var tree in RandomForest.Grow(data, new ForestOptions { Trees = 4 }, seed, t => t))
        {
            var shares = TreeVariances.Shares(tree, data.Features)!;
            var (total, marginals) = BruteForce(tree, data.Features);
            for (var f = 0; f < shares.Length; f++)
                Near.Relative(marginals[f] / total, shares[f], 1e-9, floor: 1e-6);
        }
    }

    [Fact]
    public void A_fully_grown_tree_answers_the_rows_it_learnt_from()
    {
        var data = RandomData(5);
        var seen = 0;
        foreach (var tree in RandomForest.Grow(data, new ForestOptions { Trees = 3 }, 9, t => t))
        {
            for (var row = 0; row < data.Rows; row++)
            {
                var x = data.Features.Select(f => f.Values[row]).ToArray();
                seen += Math.Abs(tree.Predict(x, data.Features) - data.Targets[row]) < 1e-9 ? 1 : 0;
            }
        }

        // A bootstrap sample has about 63 % of the rows.
        Assert.InRange(seen / (3.0 * data.Rows), 0.5, 0.8);
    }

    // Two numbers and a categorical of three choices.
    private static ForestData RandomData(uint seed)
    {
        var random = new RandomState(seed);
        double[] Draw(Func<double, double> map) => [.. Enumerable.Range(0, 40).Select(_ => map(random.NextDouble()))];
        var (a, b, c) = (Draw(u => (4 * u) - 1), Draw(u => Math.Floor(6 * u)), Draw(u => Math.Floor(3 * u)));
        return new ForestData(
            [new ForestFeature(a, 0, -1, 3), new ForestFeature(b, 0, 0, 5), new ForestFeature(c, 3, 0, 1)],
            [.. a.Select((x, i) => (x * x) + (0.3 * b[i] * c[i]) + c[i] + random.NextDouble())]);
    }

    // Cells between all thresholds of all columns, the categorical's three columns halved each.
    private static (double Total, double[] Marginals) BruteForce(RegressionTree tree, ForestFeature[] features)
    {
        double[][] edges = [.. features.Take(2).Select((f, i) => (double[])[
            f.Low, .. tree.Nodes.Where(n => n.Feature == i).Select(n => n.Threshold).Distinct().Order(), f.High])];
        var cells = new List<(int A, int B, int Corner, double Volume, double Value)>();
        for (var a = 0; a + 1 < edges[0].Length; a++)
        {
            for (var b = 0; b + 1 < edges[1].Length; b++)
            {
                for (var corner = 0; corner < 8; corner++)
                {
                    var volume = (edges[0][a + 1] - edges[0][a]) / 4 * ((edges[1][b + 1] - edges[1][b]) / 5) / 8;
                    cells.Add((a, b, corner, volume, Value(tree, 0.5 * (edges[0][a] + edges[0][a + 1]), 0.5 * (edges[1][b] + edges[1][b + 1]), corner)));
                }
            }
        }

        var mean = cells.Sum(c => c.Volume * c.Value);
        double Of(Func<(int A, int B, int Corner, double Volume, double Value), int> key) => cells.GroupBy(key).Sum(g =>
            g.Sum(c => c.Volume) * Math.Pow((g.Sum(c => c.Volume * c.Value) / g.Sum(c => c.Volume)) - mean, 2));
        return (cells.Sum(c => c.Volume * Math.Pow(c.Value - mean, 2)), [Of(c => c.A), Of(c => c.B), Of(c => c.Corner)]);
    }

    private static double Value(RegressionTree tree, double a, double b, int corner)
    {
        var at = 0;
        while (tree.Nodes[at] is { IsLeaf: false } node)
        {
            var left = node.Feature switch
            {
                0 => a <= node.Threshold,
                1 => b <= node.Threshold,
                _ => (corner >> (int)node.Threshold & 1) == 0,
            };
            at = left ? node.Left : node.Right;
        }

        return tree.Nodes[at].Value;
    }
}
