using Optuna.Distributions;
using Optuna.Studies;
using Optuna.Trials;
using Optuna.Visualization;

namespace Optuna.Tests;

/// <summary>Studies made by hand, of any size.</summary>
internal static class Studies
{
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly FloatDistribution Unit = new(0, 1);

    /// <summary>Trials with parameters x and y; the values come from a formula of the trial's number.</summary>
    internal static PlotStudy Of(int count, Func<int, double[]> values, int objectives = 1, Func<int, FrozenTrial, FrozenTrial>? change = null, string name = "study")
    {
        var summary = Study.Create(name, directions: [.. Enumerable.Repeat(StudyDirection.Minimize, objectives)], seed: 1).GetSummaryAsync().AsTask().Result;
        return new PlotStudy(summary, [.. Enumerable.Range(0, count).Select(i => Trial(i, values(i))).Select((t, i) => change?.Invoke(i, t) ?? t)]);
    }

    private static FrozenTrial Trial(int i, double[] values) => new()
    {
        Number = i,
        State = TrialState.Complete,
        Values = [.. values],
        ParamList = [new("x", Unit, Fraction(i * 0.6180339887)), new("y", Unit, Fraction(i * 0.7548776662))],
        IntermediateValues = System.Collections.Immutable.ImmutableSortedDictionary.CreateRange(Enumerable.Range(0, 3).Select(s => KeyValuePair.Create((long)s, values[0] + s))),
        DatetimeStart = Start.AddSeconds(i),
        DatetimeComplete = Start.AddSeconds(i + 1 + Fraction(i * 0.31)),
    };

    internal static double Fraction(double value) => value - Math.Floor(value);
}
