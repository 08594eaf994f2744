namespace Optuna.Importance;

/// <summary>A number's marginal: constant between two of the tree's thresholds that are neighbours.</summary>
internal sealed class NumberMarginal : IMarginal
{
    private readonly double[] _thresholds;
    private readonly double[] _edges;
    private readonly double[] _steps;
    private readonly Stack<(int First, int Last, int Cut)> _path = new();
    private int _first;
    private int _last;

    public NumberMarginal(ForestFeature feature, int index, RegressionTree tree)
    {
        _thresholds = [.. tree.Nodes.Where(n => n.Feature == index).Select(n => n.Threshold).Distinct().Order()];
        var range = feature.High - feature.Low;
        // A value that was fixed from outside may lie beyond the range; there is no volume there.
        _edges = [0, .. _thresholds.Select(t => Math.Clamp((t - feature.Low) / range, 0, 1)), 1];
        _steps = new double[_edges.Length];
        (_first, _last) = (0, _edges.Length - 1);
    }

    public double Width => _edges[_last] - _edges[_first];

    public void EnterLeft(double threshold)
    {
        var cut = Array.BinarySearch(_thresholds, threshold) + 1;
        _path.Push((_first, _last, cut));
        _last = cut;
    }

    public void EnterRightInstead()
    {
        (_, _last, _first) = _path.Peek();
    }

    public void Leave()
    {
        (_first, _last, _) = _path.Pop();
    }

    public void Add(double height)
    {
        _steps[_first] += height;
        _steps[_last] -= height;
    }

    public double Variance()
    {
        var (height, mean, square) = (0.0, 0.0, 0.0);
        for (var cell = 0; cell < _edges.Length - 1; cell++)
        {
            height += _steps[cell];
            var width = _edges[cell + 1] - _edges[cell];
            mean += width * height;
            square += width * height * height;
        }

        return square - (mean * mean);
    }
}
