using System.Globalization;
using Optuna.Json;

namespace Optuna.DataFrames;

/// <summary>A table as comma-separated values: what pandas' <c>to_csv(index=False)</c> writes.</summary>
internal static class CsvText
{
    public static void Write(TrialsFrame frame, TextWriter writer, bool multiIndex)
    {
        if (frame.Columns.IsEmpty)
            return;
        if (multiIndex)
        {
            Line(writer, frame.Columns.Select(c => c.Attribute));
            Line(writer, frame.Columns.Select(c => c.Part));
        }
        else
        {
            Line(writer, frame.Columns.Select(c => c.Name));
        }

        for (var row = 0; row < frame.RowCount; row++)
            Line(writer, frame.Columns.Select(c => Text(c.Values[row])));
    }

    /// <summary>Days, then hours to microseconds: <c>0 days 00:00:01.500000</c>. Days are counted downwards, so that the rest is never negative.</summary>
    internal static string Text(TimeSpan span)
    {
        var days = (long)Math.Floor(span.TotalDays);
        var rest = span - TimeSpan.FromDays(days);
        return string.Create(CultureInfo.InvariantCulture, $"{days} days {rest:hh\\:mm\\:ss\\.ffffff}");
    }

    private static string Text(object? value) => value switch
    {
        null or double.NaN => "",
        double d => double.IsFinite(d) ? PythonJson.FormatDouble(d) : d > 0 ? "inf" : "-inf",
        long l => l.ToString(CultureInfo.InvariantCulture),
        bool b => b ? "True" : "False",
        DateTime t => t.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        TimeSpan s => Text(s),
        _ => (string)value,
    };

    private static void Line(TextWriter writer, IEnumerable<string> fields)
    {
        writer.Write(string.Join(',', fields.Select(Quoted)));
        writer.Write('\n');
    }

    private static string Quoted(string field) =>
        field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
