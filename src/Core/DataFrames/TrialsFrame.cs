using System.Collections.Immutable;
using Optuna.Json;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.DataFrames;

/// <summary>A study's trials as a table: a row per trial, by number, with the columns and names of Optuna's <c>trials_dataframe</c>.</summary>
/// <remarks>Times are UTC. A study without trials has no columns either.</remarks>
public sealed class TrialsFrame
{
    /// <summary>What a table holds when nothing else is asked for, in this order.</summary>
    public static readonly ImmutableArray<string> DefaultAttrs =
        ["number", "value", "datetime_start", "datetime_complete", "duration", "params", "user_attrs", "system_attrs", "state"];

    private static readonly Dictionary<string, Func<FrozenTrial, Objectives, IEnumerable<(string Part, object? Value)>>> Attributes = new(StringComparer.Ordinal)
    {
        ["number"] = (t, _) => [("", (long)t.Number)],
        ["value"] = (t, o) => [(o.Names.IsEmpty ? "" : o.Names[0], t.Values.Length == 1 ? (object?)t.Values[0] : null)],
        ["values"] = (t, o) => Enumerable.Range(0, o.Count).Select(k => (o.Part(k), k < t.Values.Length ? (object?)t.Values[k] : null)),
        ["datetime_start"] = (t, _) => [("", t.DatetimeStart)],
        ["datetime_complete"] = (t, _) => [("", t.DatetimeComplete)],
        ["duration"] = (t, _) => [("", t.Duration)],
        ["params"] = (t, _) => t.Params.Select(p => (p.Key, p.Value is JsonText json ? json.Value : p.Value)),
        ["distributions"] = (t, _) => t.Distributions.Select(d => (d.Key, (object?)d.Value.ToString())),
        ["user_attrs"] = (t, _) => t.UserAttrs.Select(a => (a.Key, PythonJson.Read(a.Value))),
        ["system_attrs"] = (t, _) => t.SystemAttrs.Select(a => (a.Key, PythonJson.Read(a.Value))),
        ["intermediate_values"] = (t, _) => t.IntermediateValues.Select(v => (PythonJson.Write(v.Key), (object?)v.Value)),
        ["state"] = (t, _) => [("", t.State.ToString().ToUpperInvariant())],
    };

    private TrialsFrame(int rowCount, ImmutableArray<TrialsColumn> columns) => (RowCount, Columns) = (rowCount, columns);

    public int RowCount { get; }

    public ImmutableArray<TrialsColumn> Columns { get; }

    /// <param name="metricNames">Names of the objectives; empty when they have none.</param>
    /// <param name="attrs">What to show; null for <see cref="DefaultAttrs"/>. With several objectives <c>value</c> stands for <c>values</c>.</param>
    /// <exception cref="ArgumentException">An attribute that trials do not have.</exception>
    public static TrialsFrame Of(
        ImmutableArray<StudyDirection> directions, ImmutableArray<string> metricNames, IReadOnlyList<FrozenTrial> trials, IReadOnlyList<string>? attrs = null)
    {
        var objectives = new Objectives(directions.Length, metricNames);
        var columns = ImmutableArray.CreateBuilder<TrialsColumn>();
        foreach (var name in (attrs ?? DefaultAttrs).Distinct())
        {
            if (!Attributes.TryGetValue(name, out var read))
                throw new ArgumentException($"'attrs': trials have no '{name}'; they have {string.Join(", ", Attributes.Keys)}.");
            if (trials.Count == 0)
                continue;
            var attribute = name == "value" && objectives.Count > 1 ? "values" : name;
            if (attribute != name)
                read = Attributes[attribute];
            columns.AddRange(Parts(attribute, trials, t => read(t, objectives), sorted: attribute is not ("values" or "intermediate_values")));
        }

        return new TrialsFrame(trials.Count, columns.ToImmutable());
    }

    /// <summary>Comma-separated values, as pandas writes them: missing ones empty, numbers shortest, a header line.</summary>
    /// <param name="multiIndex">Two header lines, attribute and part, instead of one with both joined.</param>
    public void WriteCsv(TextWriter writer, bool multiIndex = false) => CsvText.Write(this, writer, multiIndex);

    /// <summary>A JSON list of one object per trial: missing values null, times ISO 8601, durations in seconds, NaN and infinities as Python writes them.</summary>
    /// <param name="multiIndex">Attributes with parts are objects of their own.</param>
    public void WriteJson(TextWriter writer, bool multiIndex = false) => JsonRecords.Write(this, writer, multiIndex);

    private static IEnumerable<TrialsColumn> Parts(
        string attribute, IReadOnlyList<FrozenTrial> trials, Func<FrozenTrial, IEnumerable<(string Part, object? Value)>> read, bool sorted)
    {
        var found = new OrderedDictionary<string, object?[]>(StringComparer.Ordinal);
        for (var row = 0; row < trials.Count; row++)
        {
            foreach (var (part, value) in read(trials[row]))
            {
                if (!found.TryGetValue(part, out var values))
                    found.Add(part, values = new object?[trials.Count]);
                values[row] = value;
            }
        }

        IEnumerable<KeyValuePair<string, object?[]>> parts = sorted ? found.OrderBy(p => p.Key, StringComparer.Ordinal)
            : attribute == "intermediate_values" ? found.OrderBy(p => long.Parse(p.Key, System.Globalization.CultureInfo.InvariantCulture))
            : found;
        return parts.Select(p => TrialsColumn.Of(attribute, p.Key, p.Value));
    }

    private readonly record struct Objectives(int Count, ImmutableArray<string> Names)
    {
        public string Part(int k) => Names.IsEmpty ? PythonJson.Write((long)k) : Names[k];
    }
}
