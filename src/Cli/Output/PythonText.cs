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

    private static void Append(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("None");
                break;
            case bool b:
                text.Append(PythonRepr.Of(b));
                break;
            case double d:
                text.Append(PythonRepr.Of(d));
                break;
            case string s:
                text.Append(PythonRepr.Of(s));
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
}
