namespace Optuna.Cli.Output;

/// <summary>What a verb found, before anybody decides how it looks.</summary>
/// <param name="Columns">In the order of printing; a record need not have a value in each.</param>
/// <param name="Rows">Values: null, bool, whole and real numbers, text, lists and dictionaries of these.</param>
internal sealed record Records(IReadOnlyList<Column> Columns, IReadOnlyList<IReadOnlyDictionary<Column, object?>> Rows)
{
    /// <summary>One column of one thing each.</summary>
    public static Records Single(string column, IEnumerable<object?> values)
    {
        var key = new Column(column);
        return new Records([key], [.. values.Select(v => new Dictionary<Column, object?> { [key] = v })]);
    }
}
