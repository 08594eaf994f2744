using System.Globalization;
using System.Text;

namespace Optuna.Json;

/// <summary>Single values as Python's <c>repr</c> shows them.</summary>
internal static class PythonRepr
{
    public static string Of(bool value) => value ? "True" : "False";

    /// <summary>As in JSON, but <c>nan</c> and <c>inf</c>.</summary>
    public static string Of(double value) => double.IsFinite(value)
        ? PythonJson.FormatDouble(value)
        : double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";

    /// <summary>In quotes, with what cannot be printed escaped; a surrogate without its other half counts for itself.</summary>
    public static string Of(string value)
    {
        var quote = value.Contains('\'', StringComparison.Ordinal) && !value.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var text = new StringBuilder().Append(quote);
        for (var i = 0; i < value.Length; i++)
        {
            int c = char.IsSurrogatePair(value, i) ? char.ConvertToUtf32(value, i++) : value[i];
            _ = c switch
            {
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\\' => text.Append("\\\\"),
                _ when c == quote => text.Append('\\').Append(quote),
                _ when IsPrintable(c) => text.Append(char.ConvertFromUtf32(c)),
                < 0x100 => text.Append(CultureInfo.InvariantCulture, $"\\x{c:x2}"),
                < 0x10000 => text.Append(CultureInfo.InvariantCulture, $"\\u{c:x4}"),
                _ => text.Append(CultureInfo.InvariantCulture, $"\\U{c:x8}"),
            };
        }

        return text.Append(quote).ToString();
    }

    private static bool IsPrintable(int c) => c == ' ' || CharUnicodeInfo.GetUnicodeCategory(c) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator);
}
