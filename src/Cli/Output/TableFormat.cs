using System.Numerics;
using System.Text;

namespace Optuna.Cli.Output;

/// <summary>A table in a frame of <c>+--+</c>; columns that hold only numbers stand to the right.</summary>
internal static class TableFormat
{
    public static string Write(Shape shape)
    {
        var (border, header) = (new StringBuilder("+"), new StringBuilder("|"));
        var lines = shape.Rows.Select(_ => new StringBuilder("|")).ToList();
        foreach (var name in shape.Header)
        {
            var values = shape.Rows.Select(row => row.GetValueOrDefault(name)).ToList();
            var isNumeric = values.All(v => v is null or bool or long or double or BigInteger);
            // A missing value takes the room of the word None, though nothing is written.
            var width = values.Select(v => CodePoints.Count(PythonText.Str(v))).Append(CodePoints.Count(name)).Max();
            border.Append('-', width + 2).Append('+');
            Append(header, name, width, isNumeric);
            for (var i = 0; i < lines.Count; i++)
                Append(lines[i], values[i] is { } value ? PythonText.Str(value) : "", width, isNumeric);
        }

        return string.Join('\n', [border, header, border, .. lines, border]);
    }

    private static void Append(StringBuilder line, string text, int width, bool right)
    {
        var room = width - CodePoints.Count(text);
        line.Append(' ').Append(' ', right ? room : 0).Append(text).Append(' ', right ? 0 : room).Append(" |");
    }
}
