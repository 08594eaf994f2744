namespace Optuna.Coordinator.Storage;

/// <summary>Compares a table that exists with the one needed.</summary>
internal static class TableCheck
{
    /// <returns>What is wrong and how to mend it, as one sentence without an end; null if the table can be used.</returns>
    public static string? FirstFault(Table wanted, FoundTable found, ISqlDialect dialect)
    {
        if (found.Trouble is { } trouble)
            return trouble;

        foreach (var column in wanted.Columns)
        {
            var actual = found.Columns.FirstOrDefault(c => c.Name.Equals(column.Name, StringComparison.OrdinalIgnoreCase));
            if (actual is null)
                return $"it has no column {column.Name}; {dialect.MendMissing(wanted, column)}";
            if (!actual.Fits(column.Kind))
                return $"its column {column.Name} is {actual.Description}; {dialect.MendType(wanted, column)}";
        }

        string[][] keys = wanted.UniqueKey is { } unique ? [wanted.PrimaryKey, unique] : [wanted.PrimaryKey];
        foreach (var key in keys)
        {
            if (!found.UniqueKeys.Any(k => k.SequenceEqual(key, StringComparer.OrdinalIgnoreCase)))
                return $"it has no unique key on ({string.Join(", ", key)}); {dialect.MendKey(wanted, key)}";
        }

        return null;
    }
}
