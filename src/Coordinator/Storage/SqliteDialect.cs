namespace Optuna.Coordinator.Storage;

internal sealed class SqliteDialect : ISqlDialect
{
    // SQLite can change neither the type of a column nor the keys of a table.
    private const string StartAnew = "move the file away and start on a new one, or name another file";

    public string Create(Table table)
    {
        var lines = table.Columns.Select(c => $"{c.Name} {c.Sqlite}").ToList();
        if (!table.Columns.Any(c => c.Kind == ColumnKind.Identity))
            lines.Add($"PRIMARY KEY ({string.Join(", ", table.PrimaryKey)})");
        if (table.UniqueKey is { } unique)
            lines.Add($"UNIQUE ({string.Join(", ", unique)})");

        return $"CREATE TABLE {table.Name} ({string.Join(", ", lines)})";
    }

    public string MendMissing(Table table, Column column) => StartAnew;

    public string MendType(Table table, Column column) => StartAnew;

    public string MendKey(Table table, string[] key) =>
        $"mend it with CREATE UNIQUE INDEX {table.Name}_uq ON {table.Name} ({string.Join(", ", key)})";

    /// <summary>Judges by SQLite's rules of type affinity: the declared name contains a telling word.</summary>
    public static bool Fits(ColumnKind kind, string declared, bool isRowId)
    {
        var type = declared.ToUpperInvariant();
        var integer = type.Contains("INT", StringComparison.Ordinal);
        var text = !integer && (type.Contains("CHAR", StringComparison.Ordinal) ||
            type.Contains("TEXT", StringComparison.Ordinal) || type.Contains("CLOB", StringComparison.Ordinal));
        return kind switch
        {
            ColumnKind.Identity => isRowId,
            ColumnKind.Long or ColumnKind.Integer => integer,
            ColumnKind.Text or ColumnKind.ExactText => text,
            ColumnKind.Blob => type.Contains("BLOB", StringComparison.Ordinal),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
    }
}
