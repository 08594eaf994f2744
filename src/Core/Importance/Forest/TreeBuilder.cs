using Optuna.Numerics;

namespace Optuna.Importance;

/// <summary>Grows trees one after the other; what it works in is used again.</summary>
/// <remarks>
/// Every number's rows are sorted once for the whole forest. A tree takes those of its bootstrap sample and from then on
/// only divides them, keeping their order, so that a node costs its rows times the parameters. The choices of a
/// categorical are weighed in one pass.
/// </remarks>
internal sealed class TreeBuilder
{
    private readonly ForestData _data;
    private readonly int[][] _sorted;
    private readonly int _maxDepth;
    private readonly double[] _centred;
    private readonly double[] _inverse;

    private readonly int[] _weights;
    private readonly double[] _weighted;
    private readonly int[] _rows;
    private readonly int[]?[] _order;
    private readonly bool[] _left;
    private readonly int[] _scratch;
    private readonly double[] _choiceSums;
    private readonly int[] _choiceWeights;
    private readonly double _mean;

    public TreeBuilder(ForestData data, int[][] sorted, int maxDepth)
    {
        (_data, _sorted, _maxDepth) = (data, sorted, maxDepth);
        var n = data.Rows;
        _mean = data.Targets.Average();
        // About their mean, sums of values do not swamp the differences between them.
        _centred = [.. data.Targets.Select(y => y - _mean)];
        _inverse = new double[n + 1];
        for (var w = 1; w <= n; w++)
            _inverse[w] = 1.0 / w;
        (_weights, _weighted, _rows, _left, _scratch) = (new int[n], new double[n], new int[n], new bool[n], new int[n]);
        _order = [.. sorted.Select(s => s is null ? null : new int[n])];
        var choices = data.Features.Max(f => f.Choices);
        (_choiceSums, _choiceWeights) = (new double[choices], new int[choices]);
    }

    public RegressionTree Grow(RandomState random)
    {
        var count = DrawSample(random);
        var nodes = new List<TreeNode>(2 * count) { default };
        var open = new Stack<(int Node, int Start, int End, int Depth)>();
        open.Push((0, 0, count, 0));
        while (open.TryPop(out var next))
        {
            var (node, start, end, depth) = next;
            var (weight, sum, isPure) = Sum(start, end);
            var best = depth < _maxDepth && !isPure ? FindSplit(start, end, weight, sum, random) : Split.None;
            if (best.Feature < 0)
            {
                nodes[node] = TreeNode.Leaf(_mean + (sum * _inverse[weight]));
                continue;
            }

            var middle = Divide(start, end, best);
            nodes[node] = new TreeNode(best.Feature, best.Threshold, nodes.Count, nodes.Count + 1, 0, best.Score - (sum * sum * _inverse[weight]));
            open.Push((nodes.Count + 1, middle, end, depth + 1));
            open.Push((nodes.Count, start, middle, depth + 1));
            nodes.Add(default);
            nodes.Add(default);
        }

        return new RegressionTree([.. nodes]);
    }

    // As many draws with replacement as there are rows; a row drawn k times has weight k.
    private int DrawSample(RandomState random)
    {
        var n = _data.Rows;
        Array.Clear(_weights);
        for (var i = 0; i < n; i++)
            _weights[(int)(((ulong)random.NextUInt32() * (ulong)n) >> 32)]++;
        var count = 0;
        for (var row = 0; row < n; row++)
        {
            _weighted[row] = _weights[row] * _centred[row];
            if (_weights[row] > 0)
                _rows[count++] = row;
        }

        for (var f = 0; f < _order.Length; f++)
        {
            if (_order[f] is not { } order)
                continue;
            var kept = 0;
            foreach (var row in _sorted[f])
            {
                if (_weights[row] > 0)
                    order[kept++] = row;
            }
        }

        return count;
    }

    private (int Weight, double Sum, bool IsPure) Sum(int start, int end)
    {
        var (weight, sum, first, pure) = (0, 0.0, _centred[_rows[start]], true);
        foreach (var row in _rows.AsSpan(start, end - start))
        {
            weight += _weights[row];
            sum += _weighted[row];
            pure &= _centred[row] == first;
        }

        return (weight, sum, pure);
    }

    // The least sum of squared errors is the largest S_l²/w_l + S_r²/w_r. Equally good columns are drawn among.
    private Split FindSplit(int start, int end, int weight, double sum, RandomState random)
    {
        var (best, ties) = (Split.None, 0);
        for (var f = 0; f < _data.Features.Length; f++)
        {
            if (_data.Features[f].IsNumeric)
                Consider(SplitNumber(f, start, end, weight, sum));
            else
                SplitChoices(f, start, end, weight, sum);
        }

        return best;

        void Consider(Split split)
        {
            if (split.Feature < 0 || split.Score < best.Score)
                return;
            ties = split.Score > best.Score ? 1 : ties + 1;
            if (ties == 1 || random.NextDouble() * ties < 1)
                best = split;
        }

        void SplitChoices(int f, int from, int to, int w, double s)
        {
            CountChoices(f, from, to);
            for (var c = 0; c < _data.Features[f].Choices; c++)
            {
                var (wc, sc) = (_choiceWeights[c], _choiceSums[c]);
                if (wc > 0 && wc < w)
                    Consider(new Split(f, c, Score(sc, wc, s - sc, w - wc)));
            }
        }
    }

    private Split SplitNumber(int f, int start, int end, int weight, double sum)
    {
        var rows = _order[f].AsSpan(start, end - start);
        var values = _data.Features[f].Values;
        if (values[rows[0]] == values[rows[^1]])
            return Split.None;
        var (at, score) = (-1, double.NegativeInfinity);
        var (w, s, x) = (0, 0.0, values[rows[0]]);
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            var next = values[row];
            if (next != x)
            {
                var here = Score(s, w, sum - s, weight - w);
                if (here > score)
                    (at, score) = (i, here);
                x = next;
            }

            w += _weights[row];
            s += _weighted[row];
        }

        var (below, above) = (values[rows[at - 1]], values[rows[at]]);
        var middle = (0.5 * below) + (0.5 * above);
        return new Split(f, middle < above ? middle : below, score);
    }

    private void CountChoices(int f, int start, int end)
    {
        var choices = _data.Features[f].Choices;
        _choiceSums.AsSpan(0, choices).Clear();
        _choiceWeights.AsSpan(0, choices).Clear();
        var values = _data.Features[f].Values;
        foreach (var row in _rows.AsSpan(start, end - start))
        {
            var c = (int)values[row];
            _choiceWeights[c] += _weights[row];
            _choiceSums[c] += _weighted[row];
        }
    }

    private double Score(double s1, int w1, double s2, int w2) => (s1 * s1 * _inverse[w1]) + (s2 * s2 * _inverse[w2]);

    // Rows that go to the left come first, in every order, and stay in order.
    private int Divide(int start, int end, Split split)
    {
        var feature = _data.Features[split.Feature];
        foreach (var row in _rows.AsSpan(start, end - start))
            _left[row] = feature.IsNumeric ? feature.Values[row] <= split.Threshold : feature.Values[row] != split.Threshold;
        var middle = start + Divide(_rows.AsSpan(start, end - start));
        foreach (var order in _order)
        {
            if (order is not null)
                Divide(order.AsSpan(start, end - start));
        }

        return middle;
    }

    private int Divide(Span<int> rows)
    {
        var (left, right) = (0, 0);
        foreach (var row in rows)
        {
            if (_left[row])
                rows[left++] = row;
            else
                _scratch[right++] = row;
        }

        _scratch.AsSpan(0, right).CopyTo(rows[left..]);
        return left;
    }

    private readonly record struct Split(int Feature, double Threshold, double Score)
    {
        public static readonly Split None = new(-1, 0, double.NegativeInfinity);
    }
}
