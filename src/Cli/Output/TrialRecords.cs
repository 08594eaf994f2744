using System.Collections.Immutable;
using System.Globalization;
using Optuna.Json;
using Optuna.Trials;

namespace Optuna.Cli.Output;

/// <summary>Trials as records, with the columns Optuna shows: only those that some trial of the study has.</summary>
internal static class TrialRecords
{
    /// <param name="trials">All of the study: they decide about the columns.</param>
    public static Records Of(Study study, ImmutableArray<string> metricNames, IReadOnlyList<FrozenTrial> trials)
    {
        var rows = trials.Select(t => Row(t, study.Directions.Length, metricNames)).ToList();
        var columns = new List<Column>();
        foreach (var group in rows.SelectMany(r => r.Keys).Distinct().GroupBy(c => c.Name).OrderBy(g => Position(g.Key)))
        {
            // Names of objectives keep the order of the objectives.
            columns.AddRange(group.Key == "values" && !metricNames.IsEmpty
                ? group
                : group.OrderBy(c => c.Index).ThenBy(c => c.Part, CodePoints.Order));
        }

        return new Records(columns, rows);
    }

    /// <summary>Local time, to the second.</summary>
    public static string? LocalTime(DateTime? utc) =>
        utc?.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static readonly string[] s_order =
        ["number", "value", "values", "datetime_start", "datetime_complete", "duration", "params", "user_attrs", "state"];

    private static int Position(string column) => Array.IndexOf(s_order, column);

    private static Dictionary<Column, object?> Row(FrozenTrial trial, int objectives, ImmutableArray<string> metricNames)
    {
        var row = new Dictionary<Column, object?> { [new("number")] = (long)trial.Number };
        for (var i = 0; i < objectives; i++)
        {
            var column = objectives == 1
                ? new Column("value", metricNames.IsEmpty ? "" : metricNames[0])
                : metricNames.IsEmpty ? new Column("values", Index: i) : new Column("values", metricNames[i]);
            row[column] = i < trial.Values.Length ? trial.Values[i] : null;
        }

        row[new("datetime_start")] = LocalTime(trial.DatetimeStart);
        row[new("datetime_complete")] = LocalTime(trial.DatetimeComplete);
        row[new("duration")] = trial.Duration is { } duration ? Duration(duration) : null;
        foreach (var (name, value) in trial.Params)
            row[new("params", name)] = value is JsonText json ? json.Value : value;
        foreach (var (key, json) in trial.UserAttrs)
            row[new("user_attrs", key)] = PythonJson.Read(json);
        row[new("state")] = trial.State.ToString().ToUpperInvariant();
        return row;
    }

    // Python's str of a timedelta: days are counted downwards, so that the rest is never negative.
    private static string Duration(TimeSpan span)
    {
        var days = (long)Math.Floor(span.TotalDays);
        var rest = span - TimeSpan.FromDays(days);
        var microseconds = rest.Ticks / TimeSpan.TicksPerMicrosecond % 1_000_000;
        var text = string.Create(CultureInfo.InvariantCulture, $"{rest.Hours}:{rest.Minutes:00}:{rest.Seconds:00}");
        if (microseconds != 0)
            text += string.Create(CultureInfo.InvariantCulture, $".{microseconds:000000}");
        return days == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{days} day{(Math.Abs(days) == 1 ? "" : "s")}, {text}");
    }
}
