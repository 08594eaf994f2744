using System.Data.Common;
using System.Globalization;

namespace Optuna.Cli.Transfer.Rdb;

/// <summary>Fields of a row in the type a column should have; SQLite lets any type stand in any column.</summary>
internal readonly struct RdbRow(DbDataReader reader, string table)
{
    public long Whole(int column) => OptionalWhole(column) ?? throw Missing(column);

    public long? OptionalWhole(int column) => reader.IsDBNull(column) ? null : reader.GetValue(column) switch
    {
        long l => l,
        int i => i,
        uint u => u,
        short s => s,
        sbyte b => b,
        byte b => b,
        var other => throw Wrong(column, other, "a whole number"),
    };

    public string Text(int column) => OptionalText(column) ?? throw Missing(column);

    public string? OptionalText(int column) => reader.IsDBNull(column) ? null
        : reader.GetValue(column) is var value && value is string text ? text : throw Wrong(column, value, "a text");

    public double? OptionalReal(int column) => reader.IsDBNull(column) ? null : reader.GetValue(column) switch
    {
        double d => d,
        long l => l,
        float f => f,
        var other => throw Wrong(column, other, "a number"),
    };

    private TransferRefusedException Missing(int column) => new($"The table {table} has a row without {reader.GetName(column)}.");

    private TransferRefusedException Wrong(int column, object value, string expected) => new(
        $"The column {reader.GetName(column)} of table {table} holds '{Convert.ToString(value, CultureInfo.InvariantCulture)}', which is not {expected}.");
}
