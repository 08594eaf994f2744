using System.Collections;
using System.Globalization;
using Optuna.Json;

namespace Optuna.Cli.Output.Yaml;

/// <summary>YAML as PyYAML's <c>safe_dump</c> writes it: block style, keys in order, ASCII only, lines of about 80 columns.</summary>
internal static class YamlWriter
{
    // PyYAML counts the five characters of the tag !!str, too, and wants less than 128.
    private const int LongestSimpleKey = 122;

    /// <param name="value">null, bool, whole and real numbers, text, lists and dictionaries (with text as keys) of these.</param>
    public static string Write(object? value)
    {
        var output = new YamlOutput();
        Node(output, value, depth: 0, inMapping: false);
        return output.ToString();
    }

    private static void Node(YamlOutput output, object? value, int depth, bool inMapping)
    {
        switch (value)
        {
            case IDictionary map when map.Count == 0:
                Empty(output, "{", "}");
                break;
            case IDictionary map:
                Mapping(output, map, depth);
                break;
            case IList list when list.Count == 0:
                Empty(output, "[", "]");
                break;
            case IList list:
                Sequence(output, list, depth, inMapping);
                break;
            case string text:
                Text(output, text, isKey: false);
                break;
            default:
                output.Plain(Scalar(value), mayBreak: false);
                break;
        }
    }

    private static void Empty(YamlOutput output, string open, string close)
    {
        output.Indicator(open, spaceBefore: true);
        output.Indicator(close, spaceBefore: false);
    }

    private static void Sequence(YamlOutput output, IList list, int depth, bool inMapping)
    {
        var outer = output.Indent;
        // A list under a key stands at the key's own column.
        if (depth > 0 && !(inMapping && !output.AtIndent))
            output.Indent += 2;
        foreach (var item in list)
        {
            output.ToIndent();
            output.Indicator("-", spaceBefore: true, indents: true);
            Node(output, item, depth + 1, inMapping: false);
        }

        output.Indent = outer;
    }

    private static void Mapping(YamlOutput output, IDictionary map, int depth)
    {
        var outer = output.Indent;
        if (depth > 0)
            output.Indent += 2;
        foreach (var key in map.Keys.Cast<string>().Order(CodePoints.Order))
        {
            output.ToIndent();
            if (key.Length > 0 && CodePoints.Count(key) <= LongestSimpleKey && !HasBreak(key))
            {
                Text(output, key, isKey: true);
                output.Indicator(":", spaceBefore: false);
            }
            else
            {
                output.Indicator("?", spaceBefore: true, indents: true);
                Text(output, key, isKey: false);
                output.ToIndent();
                output.Indicator(":", spaceBefore: true, indents: true);
            }

            Node(output, map[key], depth + 1, inMapping: true);
        }

        output.Indent = outer;
    }

    private static bool HasBreak(string text) => text.AsSpan().IndexOfAny("\n\u0085\u2028\u2029") >= 0;

    private static void Text(YamlOutput output, string text, bool isKey)
    {
        // Further lines of a long text stand deeper than what it belongs to.
        output.Indent += 2;
        switch (YamlScalar.StyleOfText(text))
        {
            case YamlStyle.Plain:
                output.Plain(text, mayBreak: !isKey);
                break;
            case YamlStyle.Single:
                output.SingleQuoted(text, mayBreak: !isKey);
                break;
            default:
                output.DoubleQuoted(text, mayBreak: !isKey);
                break;
        }

        output.Indent -= 2;
    }

    private static string Scalar(object? value) => value switch
    {
        null => "null",
        bool b => b ? "true" : "false",
        double d => Real(d),
        _ => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
    };

    private static string Real(double value)
    {
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? ".nan" : value > 0 ? ".inf" : "-.inf";
        var text = PythonRepr.Of(value);
        // YAML 1.1 takes a number for a real one only with a point in it.
        return text.Contains('.', StringComparison.Ordinal) ? text : text.Replace("e", ".0e", StringComparison.Ordinal);
    }
}
