using System.Collections.Immutable;
using Optuna.Distributions;
using Optuna.Studies;
using Optuna.Studies.State;
using Optuna.Trials;

namespace Optuna.Importance;

/// <summary>The complete trials of a study as columns, ascending by number: what importances are worked out from.</summary>
public sealed class CompletedTrials
{
    private readonly double[][] _values;
    private readonly Dictionary<string, ParamRows> _params;

    private CompletedTrials(ImmutableArray<StudyDirection> directions, ulong seed, double[][] values, IEnumerable<ParamRows> parameters)
    {
        (Directions, Seed, _values) = (directions, seed, values);
        _params = parameters.ToDictionary(p => p.Name, StringComparer.Ordinal);
        Names = [.. _params.Keys.Order(StringComparer.Ordinal)];
    }

    public ImmutableArray<StudyDirection> Directions { get; }

    /// <summary>The study's.</summary>
    public ulong Seed { get; }

    /// <summary>How many there are.</summary>
    public int Count => _values[0].Length;

    /// <summary>Every parameter that one of them has, sorted.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>What the user wants explained instead of the objectives, by row; null when nothing was given.</summary>
    public double[]? Target { get; private init; }

    /// <summary>Values of one objective by row; never NaN.</summary>
    public ReadOnlySpan<double> Values(int objective) => _values[objective];

    /// <summary>Null when none of them has it.</summary>
    public ParamRows? Param(string name) => _params.GetValueOrDefault(name);

    /// <param name="trials">Of any state; all but complete ones are left out.</param>
    /// <param name="target">Null: the objectives.</param>
    public static CompletedTrials Of(StudySummary study, IEnumerable<FrozenTrial> trials, Func<FrozenTrial, double>? target)
    {
        var objectives = study.Directions.Length;
        var complete = trials.Where(t => t.State == TrialState.Complete && t.Values.Length == objectives).ToList();
        var values = new double[objectives][];
        for (var k = 0; k < objectives; k++)
            values[k] = [.. complete.Select(t => t.Values[k])];
        var rows = new Dictionary<string, ParamRows>(StringComparer.Ordinal);
        for (var row = 0; row < complete.Count; row++)
        {
            foreach (var p in complete[row].ParamList)
            {
                if (!rows.TryGetValue(p.Name, out var column))
                    rows.Add(p.Name, column = new ParamRows(p.Name, complete.Count));
                column.Set(row, p.Distribution, p.Value);
            }
        }

        return new CompletedTrials(study.Directions, study.Seed, values, rows.Values)
        {
            Target = target is null ? null : [.. complete.Select(target)],
        };
    }

    /// <summary>From the study's own columns: no trial is read.</summary>
    internal static CompletedTrials Of(StudyState state)
    {
        var numbers = new List<int>(state.History.Complete);
        for (var n = 0; n < state.TrialCount; n++)
        {
            if (state.History.Contains(n) && state.Trials.State(n) == TrialState.Complete)
                numbers.Add(n);
        }

        var values = new double[state.Directions.Length][];
        for (var k = 0; k < values.Length; k++)
        {
            var column = state.Trials.Values(k);
            values[k] = new double[numbers.Count];
            for (var row = 0; row < numbers.Count; row++)
                values[k][row] = column[numbers[row]];
        }

        return new CompletedTrials(state.Directions, state.Seed, values, Params(state, numbers));
    }

    // Which parameters a trial has depends on its shape alone, and there are few shapes.
    private static IEnumerable<ParamRows> Params(StudyState state, List<int> numbers)
    {
        var shapes = numbers.Select(state.Trials.Shape).ToArray();
        var seen = shapes.Distinct().ToArray();
        foreach (var name in seen.SelectMany(s => state.Shapes[s]).Select(d => state.Params[d].Name).Distinct())
        {
            var rows = new ParamRows(name, numbers.Count);
            var regimeOf = seen.ToDictionary(s => s, s => Array.Find(state.Shapes[s], d => state.Params[d].Name == name) is var def
                && state.Shapes[s].Contains(def) && state.Params[def].Name == name ? rows.Regime(state.Params[def].Distribution) : -1);
            var column = state.Params.Column(name)!.Values;
            for (var row = 0; row < shapes.Length; row++)
            {
                if (regimeOf[shapes[row]] is var regime and >= 0)
                    rows.Set(row, regime, column[numbers[row]]);
            }

            yield return rows;
        }
    }
}
