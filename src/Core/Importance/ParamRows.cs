using Optuna.Distributions;

namespace Optuna.Importance;

/// <summary>One parameter in every complete trial: its value, and which of its distributions it was drawn from.</summary>
public sealed class ParamRows
{
    private readonly List<Distribution> _regimes = [];
    private readonly double[] _values;
    private readonly int[] _regimeOf;
    private int _present;

    internal ParamRows(string name, int count)
    {
        (Name, _values, _regimeOf) = (name, new double[count], new int[count]);
        Array.Fill(_values, double.NaN);
        Array.Fill(_regimeOf, -1);
    }

    public string Name { get; }

    /// <summary>The different distributions it had.</summary>
    public IReadOnlyList<Distribution> Regimes => _regimes;

    /// <summary>Internal values by row; NaN where the trial has no such parameter.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>By row, the place of its distribution in <see cref="Regimes"/>; −1 where the trial has no such parameter.</summary>
    public ReadOnlySpan<int> RegimeOf => _regimeOf;

    /// <summary>The one distribution it had in every trial, or null.</summary>
    public Distribution? Common => _regimes.Count == 1 && _present == _values.Length ? _regimes[0] : null;

    internal int Regime(Distribution distribution)
    {
        // Trials after one another mostly share the distribution, and there are few of them.
        var known = _regimes.FindIndex(d => ReferenceEquals(d, distribution));
        if (known < 0)
            known = _regimes.FindIndex(d => d.Equals(distribution));
        if (known >= 0)
            return known;
        _regimes.Add(distribution);
        return _regimes.Count - 1;
    }

    internal void Set(int row, Distribution distribution, double value) => Set(row, Regime(distribution), value);

    internal void Set(int row, int regime, double value)
    {
        _present++;
        _values[row] = value;
        _regimeOf[row] = regime;
    }
}
