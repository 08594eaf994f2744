using System.Collections;
using System.Globalization;
using System.Text;
using Optuna.Json;

namespace Optuna.Cli.Output;

/// <summary>Python's <c>str</c> and <c>repr</c> of the values in a record: what Optuna's tables show.</summary>
internal static class PythonText
{
    /// <summary>A text as it is, anything else as <see cref="Repr"/>.</summary>
    public static string Str(object? value) => value as string ?? Repr(value);

    public static string Repr(object? value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    /// <summary>A real number: as in JSON, but <c>nan</c> and <c>inf</c>.</summary>
    public static string Real(double value) => double.IsFinite(value)
        ? PythonJson.FormatDouble(value)
        : double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";

    private static void Append(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("None");
                break;
            case bool b:
                text.Append(b ? "True" : "False");
                break;
            case double d:
                text.Append(Real(d));
                break;
            case string s:
                AppendQuoted(text, s);
                break;
            case PythonTuple tuple:
                AppendItems(text.Append('('), tuple);
                text.Append(tuple.Count == 1 ? ",)" : ")");
                break;
            case IDictionary map:
                AppendPairs(text, map);
                break;
            case IEnumerable<object?> list:
                AppendItems(text.Append('['), list);
                text.Append(']');
                break;
            default:
                text.Append(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void AppendItems(StringBuilder text, IEnumerable<object?> items)
    {
        var separator = "";
        foreach (var item in items)
        {
            Append(text.Append(separator), item);
            separator = ", ";
        }
    }

    private static void AppendPairs(StringBuilder text, IDictionary map)
    {
        text.Append('{');
        var separator = "";
        foreach (DictionaryEntry pair in map)
        {
            Append(text.Append(separator), pair.Key);
            Append(text.Append(": "), pair.Value);
            separator = ", ";
        }

        text.Append('}');
    }

    private static void AppendQuoted(StringBuilder text, string value)
    {
        var quote = value.Contains('\'', StringComparison.Ordinal) && !value.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        text.Append(quote);
        foreach (var c in CodePoints.Of(value))
        {
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

        text.Append(quote);
    }

    private static bool IsPrintable(int c) => c == ' ' || CharUnicodeInfo.GetUnicodeCategory(c) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator);
}
