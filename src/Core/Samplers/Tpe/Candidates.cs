using Optuna.Numerics;

namespace Optuna.Samplers.Tpe;

/// <summary>
/// A fixed number of points of a search space, one column per parameter, each value also on the scale its kernels live on.
/// </summary>
internal sealed class Candidates
{
    private readonly TpeParameter[] _parameters;
    private readonly double[] _values;
    private readonly double[] _scaled;
    private readonly bool[] _outside;

    internal Candidates(ReadOnlySpan<TpeParameter> parameters, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        Count = count;
        _parameters = parameters.ToArray();
        _values = new double[parameters.Length * count];
        _scaled = new double[parameters.Length * count];
        _outside = new bool[count];
    }

    internal int Count { get; }

    /// <summary>The values of one parameter in the distribution's internal representation.</summary>
    internal ReadOnlySpan<double> Values(int parameter) => _values.AsSpan(parameter * Count, Count);

    internal ReadOnlySpan<double> Scaled(int parameter) => _scaled.AsSpan(parameter * Count, Count);

    /// <summary>Whether a point has a value beyond its range, where no kernel has any density.</summary>
    internal bool IsOutside(int candidate) => _outside[candidate];

    /// <summary>Sets one parameter of every point.</summary>
    internal void Set(int parameter, ReadOnlySpan<double> values)
    {
        for (var i = 0; i < Count; i++)
            Put(parameter, i, values[i], _parameters[parameter].Scaled(values[i]));
        for (var i = 0; i < Count; i++)
            _outside[i] |= !(values[i] >= _parameters[parameter].Low && values[i] <= _parameters[parameter].High);
    }

    /// <summary>Sets one value that is known to be in range, on both scales.</summary>
    internal void Put(int parameter, int candidate, double value, double scaled)
    {
        _values[(parameter * Count) + candidate] = value;
        _scaled[(parameter * Count) + candidate] = scaled;
    }

    internal void Clear() => Array.Clear(_outside);
}
