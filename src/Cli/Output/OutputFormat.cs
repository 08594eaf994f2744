using Optuna.Cli.Output.Yaml;
using Optuna.Json;

namespace Optuna.Cli.Output;

/// <summary>How results look: byte for byte as Optuna's own command line writes them.</summary>
internal enum OutputFormat
{
    Value,
    Json,
    Table,
    Yaml,
}

internal static class OutputFormats
{
    /// <summary>A list of records.</summary>
    /// <param name="flatten">Parts of a column get a column each.</param>
    public static string Write(this OutputFormat format, Records records, bool flatten)
    {
        var shape = flatten ? Shape.Flat(records) : Shape.Nested(records);
        return format.Write(shape, shape.Rows);
    }

    /// <summary>One record; JSON and YAML then hold no list.</summary>
    public static string WriteOne(this OutputFormat format, Records record, bool flatten)
    {
        var shape = flatten ? Shape.Flat(record) : Shape.Nested(record);
        return format.Write(shape, shape.Rows[0]);
    }

    private static string Write(this OutputFormat format, Shape shape, object document) => (format switch
    {
        OutputFormat.Json => PythonJson.Write(document),
        OutputFormat.Table => TableFormat.Write(shape),
        OutputFormat.Yaml => YamlWriter.Write(document),
        _ => ValueFormat.Write(shape),
    }).Trim();
}
