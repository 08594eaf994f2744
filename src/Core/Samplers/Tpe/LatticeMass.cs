using Optuna.Numerics;

namespace Optuna.Samplers.Tpe;

/// <summary>
/// The mass a normal kernel has half a step to both sides of a grid's point, remembered by width and distance: on a grid
/// of whole numbers, points at the same distance from kernels of the same width share it, and few widths occur.
/// </summary>
internal sealed class LatticeMass
{
    private const int MostPoints = 4096;
    private const int MostWidths = 64;

    private readonly double _step;
    private readonly int _points;
    private readonly double[] _widths = new double[MostWidths];
    private readonly double[]?[] _tables = new double[MostWidths][];
    private int _count;

    private LatticeMass(double step, int points) => (_step, _points) = (step, points);

    /// <summary>Null where distances are not exact or the grid is too large to be worth it.</summary>
    internal static LatticeMass? For(TpeParameter parameter)
    {
        var whole = double.IsInteger(parameter.Step) && double.IsInteger(parameter.Low);
        var points = ((parameter.High - parameter.Low) / parameter.Step) + 1;
        return whole && !parameter.Log && points <= MostPoints ? new LatticeMass(parameter.Step, (int)points) : null;
    }

    internal void Clear() => _count = 0;

    /// <summary>The logarithm of the mass, or null where it is not worth remembering.</summary>
    internal double? LogMass(double distance, double width)
    {
        var steps = Math.Abs(distance) / _step;
        if (!(steps < _points) || !double.IsInteger(steps) || TableOf(width) is not { } table)
            return null;
        ref var entry = ref table[(int)steps];
        if (double.IsNaN(entry))
            entry = OfSteps(steps, width);
        return entry;
    }

    /// <summary>The logarithm of the mass at a point so many steps from the kernel's centre, not remembered.</summary>
    internal double OfSteps(double steps, double width) => Normal.LogMass((steps - 0.5) * _step / width, (steps + 0.5) * _step / width);

    /// <summary>By steps, what is remembered of a width, NaN where nothing is yet; null once there are too many widths.</summary>
    internal double[]? TableOf(double width)
    {
        var i = _widths.AsSpan(0, _count).IndexOf(width);
        if (i >= 0)
            return _tables[i];
        if (_count == MostWidths)
            return null;
        var table = _tables[_count] ??= new double[_points];
        Array.Fill(table, double.NaN);
        _widths[_count++] = width;
        return table;
    }
}
