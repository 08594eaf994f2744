using Optuna.Numerics;

namespace Optuna.Samplers.Tpe.Mixture;

/// <summary>The mass a normal kernel has half a step to both sides of a grid's points, remembered as long as it is likely to be asked again.</summary>
internal sealed class GridMass
{
    // 16 MB at most.
    private const int MostRemembered = 1 << 21;

    // Where distances between points are exact, kernels of equal width share their masses by distance.
    private const int MostWidths = 8;

    private readonly TpeParameter _parameter;
    private readonly int _points;
    private readonly bool _isWhole;
    private readonly List<(double Width, double[] ByDistance)> _shared = [];
    private double[]?[] _own = [];
    private int _remembered;

    internal GridMass(TpeParameter parameter)
    {
        _parameter = parameter;
        _points = (int)Math.Round((parameter.High - parameter.Low) / parameter.Step) + 1;
        _isWhole = !parameter.Log && double.IsInteger(parameter.Low) && double.IsInteger(parameter.Step);
    }

    internal int PointOf(double value) => Math.Clamp((int)Math.Round((value - _parameter.Low) / _parameter.Step), 0, _points - 1);

    /// <summary>The kernel of a cell is another one now.</summary>
    internal void Forget(int cell)
    {
        if (cell < _own.Length && _own[cell] is { } row)
            Array.Fill(row, double.NaN);
    }

    /// <summary>Writes the logarithms of a kernel's probabilities of some points.</summary>
    internal void Fill(int cell, double mean, double width, double norm, ReadOnlySpan<int> points, Span<double> to)
    {
        var centre = (mean - _parameter.Low) / _parameter.Step;
        var byDistance = _isWhole && centre >= 0 && centre < _points && double.IsInteger(centre);
        var known = byDistance ? Shared(width) ?? Own(cell) : Own(cell);
        for (var c = 0; c < points.Length; c++)
        {
            var point = byDistance ? Math.Abs(points[c] - (int)centre) : points[c];
            if (known is null)
            {
                to[c] = (byDistance ? ByDistance(point, width) : LogMass(point, mean, width)) - norm;
                continue;
            }

            ref var mass = ref known[point];
            if (double.IsNaN(mass))
                mass = byDistance ? ByDistance(point, width) : LogMass(point, mean, width);
            to[c] = mass - norm;
        }
    }

    private double ByDistance(int steps, double width) =>
        Normal.LogMass((steps - 0.5) * _parameter.Step / width, (steps + 0.5) * _parameter.Step / width);

    private double LogMass(int point, double mean, double width)
    {
        var value = _parameter.Low + (point * _parameter.Step);
        return NormalKernels.LogMass(
            mean, width, _parameter.Scaled(value - (0.5 * _parameter.Step)), _parameter.Scaled(value + (0.5 * _parameter.Step)));
    }

    private double[]? Shared(double width)
    {
        foreach (var (known, table) in _shared)
        {
            if (known == width)
                return table;
        }

        if (_shared.Count == MostWidths)
            return null;
        var added = new double[_points];
        Array.Fill(added, double.NaN);
        _shared.Add((width, added));
        return added;
    }

    private double[]? Own(int cell)
    {
        if (cell >= _own.Length)
            Array.Resize(ref _own, 2 * (cell + 1));
        if (_own[cell] is { } known)
            return known;
        if (_remembered + _points > MostRemembered)
            return null;
        _remembered += _points;
        var row = new double[_points];
        Array.Fill(row, double.NaN);
        return _own[cell] = row;
    }
}
