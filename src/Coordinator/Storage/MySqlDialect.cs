namespace Optuna.Coordinator.Storage;

internal sealed class MySqlDialect : ISqlDialect
{
    public string Create(Table table)
    {
        var lines = table.Columns.Select(c => $"`{c.Name}` {c.MySql}").ToList();
        lines.Add($"PRIMARY KEY ({List(table.PrimaryKey)})");
        if (table.UniqueKey is { } unique)
            lines.Add($"UNIQUE KEY `{table.Name}_uq` ({List(unique)})");

        // DYNAMIC: the key of 255 four-byte characters and a number is longer than older row formats index.
        return $"CREATE TABLE `{table.Name}` ({string.Join(", ", lines)}) " +
            "ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
    }

    public string MendMissing(Table table, Column column) =>
        $"mend it with ALTER TABLE {table.Name} ADD COLUMN {column.Name} {column.MySql}";

    public string MendType(Table table, Column column) =>
        $"mend it with ALTER TABLE {table.Name} MODIFY {column.Name} {column.MySql}";

    public string MendKey(Table table, string[] key) =>
        $"mend it with ALTER TABLE {table.Name} ADD {(key == table.PrimaryKey ? "PRIMARY KEY" : "UNIQUE KEY")} ({string.Join(", ", key)})";

    private static string List(string[] columns) => string.Join(", ", columns.Select(c => $"`{c}`"));

    /// <param name="type">information_schema's DATA_TYPE, as <c>bigint</c>.</param>
    /// <param name="extra">information_schema's EXTRA.</param>
    public static bool Fits(ColumnKind kind, string type, string? collation, int? fraction, string extra) => kind switch
    {
        ColumnKind.Identity => type == "bigint" && extra.Contains("auto_increment", StringComparison.OrdinalIgnoreCase),
        ColumnKind.Long => type == "bigint",
        ColumnKind.Integer => type is "tinyint" or "smallint" or "mediumint" or "int" or "bigint" or "bit",
        ColumnKind.Text => collation is not null,
        ColumnKind.ExactText => collation?.EndsWith("_bin", StringComparison.OrdinalIgnoreCase) == true,
        ColumnKind.Blob => type == "longblob",
        ColumnKind.Instant => type == "datetime" && fraction >= 3,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
