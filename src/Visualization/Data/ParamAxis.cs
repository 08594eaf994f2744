using Optuna.Distributions;
using Optuna.Trials;

namespace Optuna.Visualization;

/// <summary>One parameter of some trials as an axis of a panel: values by row, and what part of the axis is shown.</summary>
/// <remarks>What kind of axis it is, the first trial that has the parameter tells. Choices that are all numbers make an axis of numbers.</remarks>
internal sealed class ParamAxis
{
    private const double Padding = 0.05;

    private ParamAxis(string name, bool isLog, double[]? numbers, string?[]? texts)
    {
        (Name, IsLog, Numbers, Texts) = (name, isLog, numbers, texts);
        (Low, High) = Limits();
    }

    internal string Name { get; }

    internal bool IsLog { get; }

    internal bool IsCategory => Texts is not null;

    /// <summary>By row; NaN where the trial has no such parameter. Null on an axis of categories.</summary>
    internal double[]? Numbers { get; }

    /// <summary>By row; null where the trial has no such parameter. Null on an axis of numbers.</summary>
    internal string?[]? Texts { get; }

    /// <summary>Where the axis starts, a little below the lowest value; in the values' own unit.</summary>
    internal double Low { get; }

    internal double High { get; }

    internal static ParamAxis Of(IReadOnlyList<FrozenTrial> trials, string name)
    {
        var found = new TrialParam?[trials.Count];
        for (var row = 0; row < trials.Count; row++)
            found[row] = trials[row].FindParam(name);
        var kind = Array.Find(found, p => p is not null)?.Distribution;
        return IsNumerical(kind)
            ? new ParamAxis(name, IsLogarithmic(kind), Array.ConvertAll(found, Number), null)
            : new ParamAxis(name, false, null, Array.ConvertAll(found, p => p is { } has ? PlotText.Str(has.External) : null));
    }

    /// <summary>Numbers, or choices that are all numbers.</summary>
    internal static bool IsNumerical(Distribution? distribution) =>
        distribution is not CategoricalDistribution c || c.Choices.All(v => v is long or double or System.Numerics.BigInteger);

    internal static bool IsLogarithmic(Distribution? distribution) => distribution is FloatDistribution { Log: true } or IntDistribution { Log: true };

    /// <summary>Every parameter that one of the trials has, sorted; or those asked for.</summary>
    /// <exception cref="ArgumentException">A name that no trial has.</exception>
    internal static List<string> Names(IEnumerable<FrozenTrial> trials, IReadOnlyList<string>? @params)
    {
        var all = trials.SelectMany(t => t.ParamList).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        if (@params?.FirstOrDefault(p => !all.Contains(p)) is { } unknown)
            throw new ArgumentException($"'params': no complete trial of the study has a parameter '{unknown}'.", nameof(@params));
        return [.. (@params?.Distinct() ?? all).Order(StringComparer.Ordinal)];
    }

    internal bool Has(int row) => Texts is null ? !double.IsNaN(Numbers![row]) : Texts[row] is not null;

    /// <summary>Some rows, as a trace has them.</summary>
    internal PlotValues Take(IEnumerable<int> rows) => Texts is null
        ? PlotValues.Of(rows.Select(r => Numbers![r]))
        : PlotValues.Of(rows.Select(r => Texts[r]));

    internal Axis Axis() => new()
    {
        Type = IsCategory ? "category" : IsLog ? "log" : null,
        Range = IsLog ? new[] { Math.Log10(Low), Math.Log10(High) } : new[] { Low, High },
    };

    private static double Number(TrialParam? param) => param switch
    {
        null => double.NaN,
        { Distribution: CategoricalDistribution } p => p.External switch
        {
            long l => l,
            double d => d,
            System.Numerics.BigInteger b => (double)b,
            _ => double.NaN,
        },
        { } p => p.Value,
    };

    private (double Low, double High) Limits()
    {
        if (Texts is not null)
        {
            var span = Texts.Where(t => t is not null).Distinct().Count() - 1;
            return (-span * Padding, span + (span * Padding));
        }

        var known = Numbers!.Where(n => !double.IsNaN(n)).DefaultIfEmpty(double.NaN);
        var (low, high) = (known.Min(), known.Max());
        if (!IsLog)
            return (low - ((high - low) * Padding), high + ((high - low) * Padding));
        var padding = (Math.Log10(high) - Math.Log10(low)) * Padding;
        return (Math.Pow(10, Math.Log10(low) - padding), Math.Pow(10, Math.Log10(high) + padding));
    }
}
