using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Optuna.Json;

internal static class PythonJsonWriter
{
    public static string Write(object? value)
    {
        switch (value)
        {
            case JsonText json: return json.Text;
            case double d: return PythonDouble.Format(d);
        }

        var text = new StringBuilder();
        Append(text, value, 0);
        return text.ToString();
    }

    private static void AppendString(StringBuilder text, string value)
    {
        text.Append('"');
        var plainFrom = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (c is >= ' ' and <= '~' and not ('"' or '\\'))
                continue;
            text.Append(value, plainFrom, i - plainFrom);
            plainFrom = i + 1;
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                _ => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
            };
        }

        text.Append(value, plainFrom, value.Length - plainFrom).Append('"');
    }

    private static void Append(StringBuilder text, object? value, int depth)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case bool b:
                text.Append(b ? "true" : "false");
                break;
            case string s:
                AppendString(text, s);
                break;
            case char c:
                AppendString(text, c.ToString());
                break;
            case double or float or decimal or Half:
                text.Append(PythonDouble.Format(ToDouble(value)));
                break;
            case Enum e:
                AppendString(text, e.ToString());
                break;
            case JsonText json:
                text.Append(json.Text);
                break;
            case IDictionary map:
                AppendObject(text, Pairs(map), Deeper(depth));
                break;
            case IEnumerable<KeyValuePair<string, object?>> map:
                AppendObject(text, map, Deeper(depth));
                break;
            case IEnumerable list:
                AppendArray(text, list, Deeper(depth));
                break;
            default:
                text.Append(WholeText(value)
                    ?? throw new ArgumentException($"A value of type {value.GetType()} cannot be written as JSON; use null, bool, a number, text, an enum, a list or a dictionary of these."));
                break;
        }
    }

    private static void AppendObject(StringBuilder text, IEnumerable<KeyValuePair<string, object?>> map, int depth)
    {
        text.Append('{');
        var separator = "";
        foreach (var (key, value) in map)
        {
            AppendString(text.Append(separator), key);
            Append(text.Append(": "), value, depth);
            separator = ", ";
        }

        text.Append('}');
    }

    private static void AppendArray(StringBuilder text, IEnumerable list, int depth)
    {
        text.Append('[');
        var separator = "";
        foreach (var value in list)
        {
            Append(text.Append(separator), value, depth);
            separator = ", ";
        }

        text.Append(']');
    }

    private static IEnumerable<KeyValuePair<string, object?>> Pairs(IDictionary map)
    {
        foreach (DictionaryEntry pair in map)
            yield return KeyValuePair.Create(Key(pair.Key), pair.Value);
    }

    // A list that holds itself ends here, too.
    private static int Deeper(int depth) => depth < PythonJson.MaxDepth
        ? depth + 1
        : throw new ArgumentException($"A value nested more than {PythonJson.MaxDepth} deep cannot be written as JSON.");

    // json.dumps turns keys that are numbers into text the same way.
    private static string Key(object key) => key switch
    {
        string s => s,
        bool b => b ? "true" : "false",
        char c => c.ToString(),
        Enum e => e.ToString(),
        double or float or decimal or Half => PythonDouble.Format(ToDouble(key)),
        _ => WholeText(key) ?? throw new ArgumentException($"A dictionary key of type {key.GetType()} cannot be written as JSON; use text."),
    };

    private static double ToDouble(object real) => real switch
    {
        double d => d,
        float f => f,
        Half h => (double)h,
        _ => (double)(decimal)real,
    };

    private static string? WholeText(object value) => value is sbyte or byte or short or ushort or int or uint or long or ulong
        or nint or nuint or Int128 or UInt128 or BigInteger
        ? ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)
        : null;
}
