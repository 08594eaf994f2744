using System.Collections.Concurrent;
using Optuna.Distributions;

namespace Optuna.Studies.State;

/// <summary>A name with one of the distributions it was suggested with.</summary>
public sealed record ParamDef(int Index, string Name, Distribution Distribution);

/// <summary>All values of one parameter name, by trial number: the samplers' view of it.</summary>
/// <remarks>
/// One writer appends while readers on other threads look at trials that were finished before: growing copies the
/// array, and a finished trial's value never changes, so no lock is needed.
/// </remarks>
public sealed class ParamColumn(string name)
{
    private readonly Dictionary<Distribution, ParamDef> _defs = [];
    private readonly List<ParamDef> _otherTexts = [];
    private ParamDef? _last;
    private double[] _values = [];

    public string Name { get; } = name;

    /// <summary>The first distribution this name had in the study; later ones must be compatible with it.</summary>
    public Distribution? First { get; private set; }

    /// <summary>Internal value by trial number; NaN, or past the end, where the trial has no such parameter.</summary>
    public ReadOnlySpan<double> Values => Volatile.Read(ref _values);

    public double this[int number]
    {
        get
        {
            var values = Volatile.Read(ref _values);
            return number < values.Length ? values[number] : double.NaN;
        }
    }

    internal int? Find(Distribution distribution)
    {
        if (_last is { } last && (ReferenceEquals(last.Distribution, distribution) || last.Distribution.Equals(distribution)))
            return last.Index;
        return _defs.TryGetValue(distribution, out var def) ? def.Index : null;
    }

    /// <summary>The definition of an equal distribution that has the same text too.</summary>
    internal int? FindExactly(Distribution distribution)
    {
        if (!_defs.TryGetValue(distribution, out var equal))
            return null;
        if (DistributionJson.AreExactlyEqual(equal.Distribution, distribution))
            return equal.Index;
        return _otherTexts.Find(d => DistributionJson.AreExactlyEqual(d.Distribution, distribution))?.Index;
    }

    internal void Define(ParamDef def)
    {
        First ??= def.Distribution;
        _last = def;
        if (_defs.TryGetValue(def.Distribution, out var equal))
            _otherTexts.Add(equal);
        _defs[def.Distribution] = def;
    }

    internal void Set(int number, double value)
    {
        if (number >= _values.Length)
        {
            var grown = new double[Math.Max(16, Math.Max(number + 1, _values.Length * 2))];
            _values.CopyTo(grown, 0);
            grown.AsSpan(_values.Length).Fill(double.NaN);
            Volatile.Write(ref _values, grown);
        }

        _values[number] = value;
    }
}

/// <summary>Every (name, distribution) of a study under a dense number, and a column of values per name.</summary>
internal sealed class ParamTable
{
    private readonly List<ParamDef> _defs = [];
    private readonly List<ParamColumn> _columnOf = [];
    private readonly ConcurrentDictionary<string, ParamColumn> _columns = new(StringComparer.Ordinal);

    public int Count => _defs.Count;

    public ParamDef this[int index] => _defs[index];

    public IReadOnlyList<ParamDef> Defs => _defs;

    public ParamColumn? Column(string name) => _columns.GetValueOrDefault(name);

    /// <summary>The column of a definition: one object per name.</summary>
    public ParamColumn ColumnOf(int index) => _columnOf[index];

    /// <summary>The definition with the same text, else one that is equal.</summary>
    public int? Find(string name, Distribution distribution) =>
        Column(name) is { } column ? column.FindExactly(distribution) ?? column.Find(distribution) : null;

    public void Define(ParamDef def)
    {
        if (def.Index != _defs.Count)
            throw new InvalidOperationException($"Parameter {def.Index} defined out of order: {_defs.Count} was expected.");
        _defs.Add(def);
        var column = _columns.GetOrAdd(def.Name, static n => new ParamColumn(n));
        column.Define(def);
        _columnOf.Add(column);
    }

    public void Store(int number, ReadOnlySpan<ParamValue> values)
    {
        foreach (var v in values)
            _columnOf[v.Param].Set(number, v.Value);
    }
}
