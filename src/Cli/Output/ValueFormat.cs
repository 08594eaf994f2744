namespace Optuna.Cli.Output;

/// <summary>One line per row, values divided by a blank, nothing where there is no value.</summary>
internal static class ValueFormat
{
    public static string Write(Shape shape) => string.Join('\n', shape.Rows.Select(row =>
        string.Join(' ', shape.Header.Select(name => row.GetValueOrDefault(name) is { } value ? PythonText.Str(value) : ""))));
}
