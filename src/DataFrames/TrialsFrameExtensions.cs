using Microsoft.Data.Analysis;
using Parquet;
using Parquet.Schema;

namespace Optuna.DataFrames;

/// <summary>A table of trials in the forms that other tools read.</summary>
/// <remarks>Neither form has a kind for a span of time: durations become seconds.</remarks>
public static class TrialsFrameExtensions
{
    /// <summary>A data frame of Microsoft.Data.Analysis with the same columns and names; missing values are null.</summary>
    public static DataFrame ToDataFrame(this TrialsFrame frame) => new(frame.Columns.Select(Column));

    /// <summary>Writes a Parquet file with the same columns and names, in one row group; times are timestamps in microseconds, UTC.</summary>
    /// <exception cref="InvalidOperationException">The table has no columns, as that of a study without trials; nothing was written.</exception>
    public static async Task WriteParquetAsync(this TrialsFrame frame, Stream stream, CancellationToken cancellationToken = default)
    {
        if (frame.Columns.IsEmpty)
            throw new InvalidOperationException("The table has no columns, and a Parquet file needs one: the study has no trials.");
        var fields = frame.Columns.Select(Field).ToArray();
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream, cancellationToken: cancellationToken).ConfigureAwait(false);
        using var rows = writer.CreateRowGroup();
        for (var i = 0; i < fields.Length; i++)
            await WriteAsync(rows, fields[i], frame.Columns[i], cancellationToken).ConfigureAwait(false);
    }

    private static DataFrameColumn Column(TrialsColumn column) => column.Kind switch
    {
        ColumnKind.Real => new DoubleDataFrameColumn(column.Name, Values<double>(column)),
        ColumnKind.Whole => new Int64DataFrameColumn(column.Name, Values<long>(column)),
        ColumnKind.Truth => new BooleanDataFrameColumn(column.Name, Values<bool>(column)),
        ColumnKind.Time => new DateTimeDataFrameColumn(column.Name, Values<DateTime>(column)),
        ColumnKind.Span => new DoubleDataFrameColumn(column.Name, Seconds(column)),
        _ => new StringDataFrameColumn(column.Name, Texts(column)),
    };

    private static DataField Field(TrialsColumn column) => column.Kind switch
    {
        ColumnKind.Real or ColumnKind.Span => new DataField(column.Name, typeof(double), isNullable: true),
        ColumnKind.Whole => new DataField(column.Name, typeof(long), isNullable: true),
        ColumnKind.Truth => new DataField(column.Name, typeof(bool), isNullable: true),
        ColumnKind.Time => new DateTimeDataField(column.Name, DateTimeFormat.Timestamp, isAdjustedToUTC: true, unit: DateTimeTimeUnit.Micros, isNullable: true),
        _ => new DataField(column.Name, typeof(string), isNullable: true),
    };

    private static Task WriteAsync(ParquetRowGroupWriter rows, DataField field, TrialsColumn column, CancellationToken cancellationToken) => column.Kind switch
    {
        ColumnKind.Real => rows.WriteAsync<double>(field, Values<double>(column), cancellationToken: cancellationToken),
        ColumnKind.Whole => rows.WriteAsync<long>(field, Values<long>(column), cancellationToken: cancellationToken),
        ColumnKind.Truth => rows.WriteAsync<bool>(field, Values<bool>(column), cancellationToken: cancellationToken),
        ColumnKind.Time => rows.WriteAsync<DateTime>(field, Values<DateTime>(column), cancellationToken: cancellationToken),
        ColumnKind.Span => rows.WriteAsync<double>(field, Seconds(column), cancellationToken: cancellationToken),
        _ => rows.WriteAsync(field, Texts(column)!),
    };

    private static T?[] Values<T>(TrialsColumn column)
        where T : struct => [.. column.Values.Select(v => (T?)v)];

    private static double?[] Seconds(TrialsColumn column) => [.. column.Values.Select(v => ((TimeSpan?)v)?.TotalSeconds)];

    private static string?[] Texts(TrialsColumn column) => [.. column.Values.Select(v => (string?)v)];
}
