using Optuna.Json;
using Optuna.Studies;

namespace Optuna.Cli.Output;

/// <summary>Studies as records; the column of attributes only if one of them has any.</summary>
internal static class StudyRecords
{
    private static readonly Column Name = new("name"), Direction = new("direction"), Trials = new("n_trials"),
        Start = new("datetime_start"), UserAttrs = new("user_attrs");

    public static Records Of(IReadOnlyList<StudySummary> studies)
    {
        var columns = new List<Column> { Name, Direction, Trials, Start };
        if (studies.Any(s => !s.UserAttrs.IsEmpty))
            columns.Add(UserAttrs);
        return new Records(columns, [.. studies.Select(s => new Dictionary<Column, object?>
        {
            [Name] = s.Name,
            [Direction] = new PythonTuple(s.Directions.Select(d => d.ToString().ToUpperInvariant())),
            [Trials] = (long)s.Counts.Total,
            [Start] = TrialRecords.LocalTime(s.DatetimeStart),
            [UserAttrs] = new OrderedDictionary<string, object?>(s.UserAttrs.Select(a => KeyValuePair.Create(a.Key, PythonJson.Read(a.Value)))),
        })]);
    }
}
