using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Optuna.CommandLine;

/// <summary>One JSON object per line: <c>time</c>, <c>level</c>, <c>source</c>, <c>message</c>, what the message names (<c>study</c>, <c>trial</c>, <c>worker</c>, …), and <c>error</c>.</summary>
internal sealed class JsonLineFormatter() : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "optuna-json";

    // Lines are read by programs, not put into pages: letters stay letters.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var (source, fields) = (logEntry.Category, new List<KeyValuePair<string, object?>>());
        if (logEntry.State is IEnumerable<KeyValuePair<string, object?>> state)
        {
            foreach (var (key, value) in state)
            {
                // Akka's own name for who speaks; its category is the same for all.
                if (key == "LogSource")
                    source = $"{value}";
                else if (key.Length > 0 && char.IsAsciiLetter(key[0]) && key is not ("Thread" or "Timestamp" or "LogLevel" or "Message" or "ActorPath"))
                    fields.Add(new(char.ToLowerInvariant(key[0]) + key[1..], value));
            }
        }

        textWriter.WriteLine(Line(logEntry.LogLevel, source, logEntry.Formatter(logEntry.State, logEntry.Exception), fields, logEntry.Exception));
    }

    public static string Line(LogLevel level, string source, string message, IEnumerable<KeyValuePair<string, object?>> fields, Exception? error = null)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, s_options))
        {
            json.WriteStartObject();
            json.WriteString("time", DateTimeOffset.UtcNow.ToString("O"));
            json.WriteString("level", level.ToString().ToLowerInvariant());
            json.WriteString("source", source);
            json.WriteString("message", message);
            foreach (var (key, value) in fields.DistinctBy(f => f.Key))
                Write(json, key is "time" or "level" or "source" or "message" or "error" ? $"{key}_" : key, value);
            if (error is not null)
                json.WriteString("error", error.ToString());
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Write(Utf8JsonWriter json, string key, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNull(key);
                break;
            case int or long or short or byte:
                json.WriteNumber(key, Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case bool flag:
                json.WriteBoolean(key, flag);
                break;
            default:
                json.WriteString(key, value.ToString());
                break;
        }
    }
}
