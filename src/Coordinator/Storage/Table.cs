namespace Optuna.Coordinator.Storage;

/// <summary>What a column must be able to hold, whatever the database calls its type.</summary>
internal enum ColumnKind
{
    /// <summary>64-bit number the database counts up by itself.</summary>
    Identity,

    /// <summary>64-bit number.</summary>
    Long,

    /// <summary>32-bit number or a flag.</summary>
    Integer,

    Text,

    /// <summary>Text compared byte for byte.</summary>
    ExactText,

    /// <summary>Bytes, megabytes of them.</summary>
    Blob,

    /// <summary>A moment by the database's clock, to the millisecond.</summary>
    Instant,
}

internal sealed record Column(string Name, ColumnKind Kind, string MySql, string Sqlite);

internal sealed record Table(string Name, Column[] Columns, string[] PrimaryKey, string[]? UniqueKey = null);

/// <summary>A column as the database describes it; <paramref name="Fits"/> is the dialect's judgement of it.</summary>
internal sealed record FoundColumn(string Name, string Description, Func<ColumnKind, bool> Fits);

/// <param name="Trouble">What is wrong with the table as a whole, as a clause; null if nothing.</param>
/// <param name="UniqueKeys">Columns in order of every unique index over whole columns and all rows, primary key included.</param>
internal sealed record FoundTable(
    string Name, IReadOnlyList<FoundColumn> Columns, IReadOnlyList<string[]> UniqueKeys, string? Trouble = null);
