namespace Optuna.Cli.Output;

/// <summary>Records brought into rows under one line of headings.</summary>
/// <param name="Header">Headings in the order of printing; a flat row need not have a value under each.</param>
internal sealed record Shape(IReadOnlyList<string> Header, IReadOnlyList<OrderedDictionary<string, object?>> Rows)
{
    /// <summary>Parts of a column under one heading, as a dictionary or list.</summary>
    public static Shape Nested(Records records)
    {
        var header = records.Columns.Select(c => c.Name).Distinct().ToList();
        return new Shape(header, [.. records.Rows.Select(row => Nest(records.Columns, header, row))]);
    }

    /// <summary>A heading for every part, and for every position of a list.</summary>
    public static Shape Flat(Records records)
    {
        var lists = records.Columns.Where(c => c.IsWhole)
            .Select(c => (Column: c, Length: records.Rows.Max(row => row.GetValueOrDefault(c) is List<object?> list ? list.Count : (int?)null)))
            .Where(c => c.Length is not null)
            .ToDictionary(c => c.Column, c => c.Length!.Value);
        var header = records.Columns.SelectMany(c => lists.TryGetValue(c, out var length)
            ? Enumerable.Range(0, length).Select(i => new Column(c.Name, Index: i).FlatName)
            : [c.FlatName]);
        return new Shape([.. header], [.. records.Rows.Select(Flatten)]);

        OrderedDictionary<string, object?> Flatten(IReadOnlyDictionary<Column, object?> row)
        {
            var flat = new OrderedDictionary<string, object?>();
            foreach (var column in records.Columns)
            {
                if (!row.TryGetValue(column, out var value))
                    continue;
                if (!lists.ContainsKey(column))
                    flat[column.FlatName] = value;
                else if (value is List<object?> list)
                    for (var i = 0; i < list.Count; i++)
                        flat[new Column(column.Name, Index: i).FlatName] = list[i];
            }

            return flat;
        }
    }

    private static OrderedDictionary<string, object?> Nest(
        IReadOnlyList<Column> columns, List<string> header, IReadOnlyDictionary<Column, object?> row)
    {
        // A column without any part in this record shows as an empty dictionary.
        var nested = new OrderedDictionary<string, object?>(header.Select(h => KeyValuePair.Create(h, (object?)new OrderedDictionary<string, object?>())));
        foreach (var column in columns)
        {
            if (!row.TryGetValue(column, out var value))
                continue;
            if (column.Index is { } index)
            {
                if (nested[column.Name] is not List<object?> list)
                    nested[column.Name] = list = [];
                while (list.Count <= index)
                    list.Add(null);
                list[index] = value;
            }
            else if (!column.IsWhole && nested[column.Name] is OrderedDictionary<string, object?> parts)
            {
                parts[column.Part] = value;
            }
            else
            {
                nested[column.Name] = value;
            }
        }

        return nested;
    }
}
