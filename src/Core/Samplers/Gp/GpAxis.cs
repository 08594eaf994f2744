using Optuna.Distributions;
using Optuna.SearchSpaces;

namespace Optuna.Samplers.Gp;

/// <summary>One parameter as the model sees it: numbers from 0 to 1 (logarithms when log, half a step of room on either side of a grid), choices by index.</summary>
internal sealed class GpAxis
{
    // A queued value may lie anywhere; from here on it only matters that it is far away.
    private const double Far = 10;

    // A grid finer than that is as good as none.
    private const double Finest = 1 << 20;

    private readonly Distribution _distribution;
    private readonly double _low;
    private readonly double _width;
    private readonly double _first;
    private readonly double _step;
    private readonly bool _log;

    internal GpAxis(Distribution distribution)
    {
        _distribution = distribution;
        if (distribution is CategoricalDistribution categorical)
        {
            (IsCategorical, Count) = (true, categorical.Choices.Length);
            return;
        }

        var (low, high) = NumericTransform.Bounds(distribution);
        (_low, _width) = (low, high - low);
        (_first, var last, _step, _log) = distribution switch
        {
            IntDistribution d => (d.Low, d.High, d.Step, d.Log),
            FloatDistribution d => (d.Low, d.High, d.Step ?? 0, d.Log),
            _ => throw new ArgumentException($"{distribution} is of no known kind."),
        };
        var count = _step > 0 ? Math.Round((last - _first) / _step) + 1 : double.PositiveInfinity;
        Count = count <= Finest ? count : double.PositiveInfinity;
    }

    internal bool IsCategorical { get; }

    internal bool IsContinuous => double.IsPositiveInfinity(Count);

    /// <summary>How many values there are; infinite for more than a million.</summary>
    internal double Count { get; }

    /// <summary>The model's coordinate of an internal value.</summary>
    internal double Coordinate(double value)
    {
        if (IsCategorical)
            return Math.Floor(value);
        var x = _width > 0 ? ((_log ? Math.Log(value) : value) - _low) / _width : 0.5;
        return Math.Min(Math.Max(x, -Far), 1 + Far);
    }

    /// <summary>The internal value at a coordinate; always contained in the distribution.</summary>
    internal double Value(double coordinate) =>
        IsCategorical ? coordinate : NumericTransform.Untransform(_distribution, _low + (coordinate * _width));

    /// <summary>The coordinate of a uniform number in [0, 1).</summary>
    internal double Spread(double u) => IsCategorical ? Math.Floor(u * Count) : IsContinuous ? u : Coordinate(Value(u));

    /// <summary>The coordinate of the value number <paramref name="index"/>, from 0.</summary>
    internal double At(double index) => IsCategorical ? index : Coordinate(_first + (index * _step));

    /// <summary>The number of the value at (or next to) a coordinate.</summary>
    internal double IndexOf(double coordinate) =>
        IsCategorical ? coordinate : Math.Min(Math.Max(Math.Round((Value(coordinate) - _first) / _step), 0), Count - 1);
}
