using System.Globalization;
using Optuna.Json;

namespace Optuna.DataFrames;

/// <summary>A table as a JSON list of records.</summary>
internal static class JsonRecords
{
    public static void Write(TrialsFrame frame, TextWriter writer, bool multiIndex)
    {
        writer.Write('[');
        for (var row = 0; row < frame.RowCount; row++)
        {
            if (row > 0)
                writer.Write(", ");
            writer.Write(PythonJson.Write(multiIndex ? Nested(frame, row) : Flat(frame, row)));
        }

        writer.Write(']');
    }

    private static OrderedDictionary<string, object?> Flat(TrialsFrame frame, int row)
    {
        var record = new OrderedDictionary<string, object?>();
        foreach (var column in frame.Columns)
            record[column.Name] = Value(column.Values[row]);
        return record;
    }

    private static OrderedDictionary<string, object?> Nested(TrialsFrame frame, int row)
    {
        var record = new OrderedDictionary<string, object?>();
        foreach (var column in frame.Columns)
        {
            if (column.Part.Length == 0)
                record[column.Attribute] = Value(column.Values[row]);
            else if (record.TryGetValue(column.Attribute, out var parts) && parts is OrderedDictionary<string, object?> known)
                known[column.Part] = Value(column.Values[row]);
            else
                record[column.Attribute] = new OrderedDictionary<string, object?> { [column.Part] = Value(column.Values[row]) };
        }

        return record;
    }

    private static object? Value(object? value) => value switch
    {
        DateTime t => t.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
        TimeSpan s => s.TotalSeconds,
        _ => value,
    };
}
