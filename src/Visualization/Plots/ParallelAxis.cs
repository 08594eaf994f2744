using Optuna.Distributions;
using Optuna.Trials;

namespace Optuna.Visualization;

/// <summary>One upright axis of parallel coordinates.</summary>
/// <param name="Label">Not escaped.</param>
/// <param name="Values">By trial: the number, its decadic logarithm, the position of the choice, or the place of "None".</param>
/// <param name="Ticks">Empty: wherever the axis likes.</param>
internal sealed record ParallelAxis(string Label, double[] Values, double Low, double High, bool IsLog, (double At, string Text)[] Ticks)
{
    private const string Missing = "None";

    /// <summary>Short enough to stand beside its neighbours.</summary>
    internal string ShortLabel => PlotText.Escape(Label.Length < 20 ? Label : Label[..17] + "...");

    internal static ParallelAxis OfValues(string label, double[] values) =>
        new(label, values, values.DefaultIfEmpty(0).Min(), values.DefaultIfEmpty(0).Max(), false, []);

    internal static ParallelAxis OfParam(List<FrozenTrial> trials, string name)
    {
        var found = trials.ConvertAll(t => t.FindParam(name));
        var kind = found.Find(p => p is not null)!.Value.Distribution;
        return ParamAxis.IsLogarithmic(kind) ? OfLogarithms(name, found)
            : found.Exists(p => p?.Distribution is CategoricalDistribution) ? OfChoices(name, found, ParamAxis.IsNumerical(kind))
            : OfNumbers(name, found);
    }

    /// <summary>From 0 at the bottom to 1 at the top.</summary>
    internal double Place(double value) => Low == High ? 0.5 : (value - Low) / (High - Low);

    internal string Show(double value)
    {
        foreach (var (at, text) in Ticks)
        {
            if (Math.Abs(value - at) <= 1e-9 * Math.Max(Math.Abs(value), Math.Abs(at)))
                return text;
        }

        return PlotText.General(IsLog ? Math.Pow(10, value) : value, 3);
    }

    private static ParallelAxis OfNumbers(string name, List<TrialParam?> found)
    {
        var (low, high) = Limits(found, v => v);
        if (found.TrueForAll(p => p is not null))
            return new ParallelAxis(name, [.. found.Select(p => p!.Value.Value)], low, high, false, []);
        var none = Below(low, high);
        var ticks = low == high ? [low] : Plot.Linspace(low, high, 5);
        return new ParallelAxis(
            name, [.. found.Select(p => p?.Value ?? none)], none, high, false, [(none, Missing), .. ticks.Select(t => (t, PlotText.General(t, 3)))]);
    }

    private static ParallelAxis OfLogarithms(string name, List<TrialParam?> found)
    {
        var (low, high) = Limits(found, Math.Log10);
        var none = Below(low, high);
        var lacks = found.Exists(p => p is null);
        // Powers of ten, and both ends.
        var ticks = new SortedSet<double> { low, high };
        for (var e = Math.Ceiling(low); e <= Math.Floor(high); e++)
            ticks.Add(e);
        (double, string)[] named = [.. ticks.Select(t => (t, PlotText.General(Math.Pow(10, t), 3)))];
        return new ParallelAxis(
            name, [.. found.Select(p => p is { } has ? Math.Log10(has.Value) : none)], lacks ? none : low, high, true, lacks ? [(none, Missing), .. named] : named);
    }

    private static ParallelAxis OfChoices(string name, List<TrialParam?> found, bool isNumerical)
    {
        var choices = found.OfType<TrialParam>().Select(p => (p.External, Key: PlotText.Repr(p.External))).DistinctBy(c => c.Key).ToList();
        if (isNumerical)
            choices = [.. choices.OrderBy(c => Convert.ToDouble(c.External, System.Globalization.CultureInfo.InvariantCulture))];
        var offset = found.Exists(p => p is null) ? 1 : 0;
        var positions = choices.Select((c, i) => (c.Key, At: (double)(i + offset))).ToDictionary(c => c.Key, c => c.At);
        double[] values = [.. found.Select(p => p is { } has ? positions[PlotText.Repr(has.External)] : 0)];
        // A choice may be called like the tick for those that have none.
        var texts = choices.Select(c => PlotText.Str(c.External)).Select(t => offset == 1 && t == Missing ? $"{t} (value)" : t);
        return new ParallelAxis(
            name, values, values.Min(), values.Max(), false,
            [.. offset == 1 ? [(0.0, Missing)] : Array.Empty<(double, string)>(), .. texts.Select((t, i) => ((double)(i + offset), t))]);
    }

    private static (double Low, double High) Limits(List<TrialParam?> found, Func<double, double> scale)
    {
        var values = found.OfType<TrialParam>().Select(p => scale(p.Value)).ToList();
        return (values.Min(), values.Max());
    }

    private static double Below(double low, double high) => low == high ? low - 1 : low - ((high - low) * 0.12 / 0.88);
}
