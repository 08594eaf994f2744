using System.Globalization;
using System.Text;

namespace Optuna.Cli.Transfer.Rdb;

/// <summary>Rows of one table, inserted many at a time.</summary>
/// <param name="columns">Divided by commas.</param>
internal sealed class RowBatch(RdbConnection connection, string table, string columns)
{
    // SQLite binds at most 32 766 values; a MySQL server takes 16 MiB in one statement unless it is told less.
    private const int MaxRows = 200, MaxCharacters = 500_000;

    private readonly int _width = columns.Count(c => c == ',') + 1;
    private readonly List<object?> _values = [];
    private string? _fullStatement;
    private int _characters;

    public async ValueTask AddAsync(CancellationToken cancel, params object?[] row)
    {
        _values.AddRange(row);
        _characters += row.Sum(v => v is string text ? text.Length : 0);
        if (_values.Count == MaxRows * _width || _characters > MaxCharacters)
            await FlushAsync(cancel).ConfigureAwait(false);
    }

    public async ValueTask FlushAsync(CancellationToken cancel)
    {
        if (_values.Count == 0)
            return;
        var rows = _values.Count / _width;
        var statement = rows == MaxRows ? _fullStatement ??= Statement(rows) : Statement(rows);
        await connection.ExecuteAsync(statement, _values, cancel).ConfigureAwait(false);
        _values.Clear();
        _characters = 0;
    }

    private string Statement(int rows)
    {
        var sql = new StringBuilder($"INSERT INTO {table} ({columns}) VALUES ");
        for (var i = 0; i < rows * _width; i++)
        {
            var column = i % _width;
            sql.Append(column > 0 ? "," : i > 0 ? ",(" : "(").Append(CultureInfo.InvariantCulture, $"@p{i}").Append(column == _width - 1 ? ")" : "");
        }

        return sql.ToString();
    }
}
