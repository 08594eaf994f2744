using System.Globalization;
using System.Text;
using Optuna.Json;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Cli.Transfer.JournalFile;

/// <summary>What follows the study's number in an operation, up to the closing brace: fields in Optuna's order, nothing between them.</summary>
internal static class JournalText
{
    public static string CreateStudy(ForeignStudy study) =>
        $"\"study_name\":{Quoted(study.Name)},\"directions\":[{string.Join(',', study.Directions.Select(d => d == StudyDirection.Minimize ? 1 : 2))}]}}";

    public static string SetStudyAttr(AttrKind kind, string key, string json) =>
        $"\"{(kind == AttrKind.User ? "user_attr" : "system_attr")}\":{{{Quoted(key)}:{OneLine(json)}}}}}";

    /// <summary>A trial as it is, by one operation with a template.</summary>
    public static string CreateTrial(FrozenTrial trial, StoredTimes times)
    {
        var text = new StringBuilder("\"datetime_start\":").Append(Time(trial.DatetimeStart, times));
        text.Append(CultureInfo.InvariantCulture, $",\"state\":{(int)trial.State}");
        text.Append(",\"value\":").Append(trial.Values.Length == 1 ? PythonJson.FormatDouble(trial.Values[0]) : "null");
        text.Append(",\"values\":").Append(trial.Values.Length > 1 ? $"[{string.Join(',', trial.Values.Select(PythonJson.FormatDouble))}]" : "null");
        if (trial.DatetimeComplete is { } end)
            text.Append(",\"datetime_complete\":").Append(Time(end, times));
        Map(text, "distributions", trial.ParamList.Select(p => (p.Name, Quoted(ExportedDistribution.TextOf(p.Distribution)))));
        Map(text, "params", trial.ParamList.Select(p => (p.Name, PythonJson.FormatDouble(p.Value))));
        Map(text, "user_attrs", trial.UserAttrs.Select(a => (a.Key, OneLine(a.Value))));
        Map(text, "system_attrs", trial.SystemAttrs.Select(a => (a.Key, OneLine(a.Value))));
        Map(text, "intermediate_values", trial.IntermediateValues.Select(
            v => (v.Key.ToString(CultureInfo.InvariantCulture), PythonJson.FormatDouble(v.Value))));
        return text.Append('}').ToString();
    }

    private static void Map(StringBuilder text, string name, IEnumerable<(string Key, string Json)> fields) =>
        text.Append(",\"").Append(name).Append("\":{").AppendJoin(',', fields.Select(f => $"{Quoted(f.Key)}:{f.Json}")).Append('}');

    private static string Time(DateTime? time, StoredTimes times) => time is { } t ? $"\"{times.WriteForJournal(t)}\"" : "null";

    private static string Quoted(string text) => PythonJson.Write(text);

    // In JSON a line break can only stand between the parts of a value, where a blank does as well.
    private static string OneLine(string json) => json.Replace('\n', ' ').Replace('\r', ' ');
}
