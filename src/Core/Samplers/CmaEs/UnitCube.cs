using Optuna.Distributions;
using Optuna.SearchSpaces;
using Optuna.Trials;

namespace Optuna.Samplers.CmaEs;

/// <summary>Maps the numeric parameters of a space to [0, 1] each and back, as Optuna's transform does.</summary>
internal sealed class UnitCube
{
    private readonly double[] _low;
    private readonly double[] _high;
    private readonly bool[] _log;

    /// <param name="onGrid">Stepped parameters span exactly their first to last value, as CMA-ES with margin has it, instead of half a step more at either end.</param>
    internal UnitCube(SearchSpace space, bool onGrid = false)
    {
        Space = space;
        (_low, _high, _log) = (new double[space.Count], new double[space.Count], new bool[space.Count]);
        Steps = new double[space.Count];
        for (var i = 0; i < space.Count; i++)
        {
            var d = space.Params[i].Value;
            _log[i] = d is FloatDistribution { Log: true } or IntDistribution { Log: true };
            (_low[i], _high[i]) = onGrid ? EndsOf(d) : NumericTransform.Bounds(d);
            Steps[i] = d switch
            {
                FloatDistribution { Log: false, Step: { } step } f => step / (f.High - f.Low),
                IntDistribution { Log: false } n => n.Step / ((double)n.High - n.Low),
                _ => 0,
            };
        }
    }

    internal SearchSpace Space { get; }

    internal int Dimension => _low.Length;

    /// <summary>By dimension, the distance of neighbouring values as a share of first to last; 0 where the dimension is continuous.</summary>
    internal double[] Steps { get; }

    /// <param name="value">Internal form.</param>
    internal double Enter(int i, double value)
    {
        var x = _log[i] ? Math.Log(value) : value;
        var width = _high[i] - _low[i];
        return double.IsInfinity(width)
            ? ((x / 2) - (_low[i] / 2)) / ((_high[i] / 2) - (_low[i] / 2))
            : (x - _low[i]) / width;
    }

    internal TrialParam Leave(int i, double x)
    {
        var (name, distribution) = Space.Params[i];
        var width = _high[i] - _low[i];
        var inner = double.IsInfinity(width) ? (_low[i] * (1 - x)) + (_high[i] * x) : _low[i] + (x * width);
        return new TrialParam(name, distribution, NumericTransform.Untransform(distribution, inner));
    }

    /// <summary>Whether a point that came in lies in the cube, give or take rounding.</summary>
    internal static bool Contains(ReadOnlySpan<double> x)
    {
        foreach (var v in x)
            if (!(v >= -1e-9 && v <= 1 + 1e-9))
                return false;
        return true;
    }

    internal static bool IsSame(SearchSpace a, SearchSpace b) => ReferenceEquals(a, b) ||
        (a.Count == b.Count && a.Params.Zip(b.Params).All(p => p.First.Key == p.Second.Key && p.First.Value.Equals(p.Second.Value)));

    private static (double Low, double High) EndsOf(Distribution distribution) => distribution switch
    {
        FloatDistribution { Log: true } d => (Math.Log(d.Low), Math.Log(d.High)),
        FloatDistribution d => (d.Low, d.High),
        IntDistribution { Log: true } d => (Math.Log(d.Low), Math.Log(d.High)),
        IntDistribution d => (d.Low, d.High),
        _ => throw new ArgumentException($"{distribution} is not numeric."),
    };
}
