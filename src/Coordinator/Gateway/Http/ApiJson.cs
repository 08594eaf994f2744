using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Optuna.Json;

namespace Optuna.Coordinator.Gateway.Http;

/// <summary>Values as the API's JSON: what JSON has no number for is a text, times are ISO 8601 in UTC.</summary>
internal static class ApiJson
{
    /// <summary>A number, or <c>"Infinity"</c>, <c>"-Infinity"</c>, <c>"NaN"</c>.</summary>
    public static void Number(this Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumberValue(value);
        else
            json.WriteStringValue(double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
    }

    /// <summary><c>"2026-11-29T08:30:00.125Z"</c>, or null.</summary>
    public static void Time(this Utf8JsonWriter json, string name, DateTime? time)
    {
        if (time is { } t)
            json.WriteString(name, t.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
        else
            json.WriteNull(name);
    }

    /// <summary>What <see cref="PythonJson.Read(string)"/> gives, or a parameter's external value.</summary>
    public static void Value(this Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case bool b: json.WriteBooleanValue(b); break;
            case long l: json.WriteNumberValue(l); break;
            case int i: json.WriteNumberValue(i); break;
            case double d: json.Number(d); break;
            case BigInteger b: json.WriteRawValue(b.ToString(CultureInfo.InvariantCulture)); break;
            case string s: json.WriteStringValue(s); break;
            case JsonText t: json.Value(t.Value); break;
            case IReadOnlyDictionary<string, object?> map:
                json.WriteStartObject();
                foreach (var (key, item) in map)
                {
                    json.WritePropertyName(key);
                    json.Value(item);
                }

                json.WriteEndObject();
                break;
            case IEnumerable<object?> list:
                json.WriteStartArray();
                foreach (var item in list)
                    json.Value(item);
                json.WriteEndArray();
                break;
            default: throw new InvalidOperationException($"The API's JSON has no form for {value.GetType()}.");
        }
    }

    /// <summary>Attributes as an object; a text that is no JSON, which another program may have left, as a text.</summary>
    public static void Attrs(this Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, string>> attrs)
    {
        json.WriteStartObject(name);
        foreach (var (key, text) in attrs)
        {
            json.WritePropertyName(key);
            json.Value(Parsed(text));
        }

        json.WriteEndObject();
    }

    private static object? Parsed(string text)
    {
        try
        {
            return PythonJson.Read(text);
        }
        catch (FormatException)
        {
            return text;
        }
    }
}
