using Optuna.Numerics;

namespace Optuna.Samplers.Tpe.Mixture;

/// <summary>The mass a normal kernel has half a step to both sides of a grid's points, remembered as long as it is likely to be asked again.</summary>
internal sealed class GridMass
{
    // 16 MB at most.
    private const int MostRemembered = 1 << 21;

    private readonly TpeParameter _parameter;
    private readonly int _points;

    // Where distances between points are exact, kernels of equal width share their masses by distance.
    private readonly LatticeMass? _lattice;
    private double[]?[] _own = [];
    private int _remembered;

    internal GridMass(TpeParameter parameter)
    {
        _parameter = parameter;
        _points = (int)Math.Round((parameter.High - parameter.Low) / parameter.Step) + 1;
        _lattice = LatticeMass.For(parameter);
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
        var lattice = centre >= 0 && centre < _points && double.IsInteger(centre) ? _lattice : null;
        var known = lattice?.TableOf(width) ?? Own(cell);
        for (var c = 0; c < points.Length; c++)
        {
            var place = lattice is null ? points[c] : Math.Abs(points[c] - (int)centre);
            if (known is not null && !double.IsNaN(known[place]))
            {
                to[c] = known[place] - norm;
                continue;
            }

            var mass = lattice?.OfSteps(place, width) ?? LogMass(place, mean, width);
            if (known is not null)
                known[place] = mass;
            to[c] = mass - norm;
        }
    }

    private double LogMass(int point, double mean, double width)
    {
        var value = _parameter.Low + (point * _parameter.Step);
        return NormalKernels.LogMass(
            mean, width, _parameter.Scaled(value - (0.5 * _parameter.Step)), _parameter.Scaled(value + (0.5 * _parameter.Step)));
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
