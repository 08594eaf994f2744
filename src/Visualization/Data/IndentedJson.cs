using System.Collections;
using System.Text;
using Optuna.Json;

namespace Optuna.Visualization;

/// <summary>JSON over several lines, two spaces deeper per level, as Python's <c>json.dumps(indent=2)</c> writes it.</summary>
internal static class IndentedJson
{
    internal static string Write(object? value)
    {
        var text = new StringBuilder();
        Append(text, value, "\n");
        return text.ToString();
    }

    private static void Append(StringBuilder text, object? value, string newLine)
    {
        switch (value)
        {
            case JsonText json:
                Append(text, json.Value, newLine);
                break;
            case IReadOnlyDictionary<string, object?> map:
                Members(text, '{', '}', newLine, map, (m, deeper) =>
                {
                    text.Append(PythonJson.Write(m.Key)).Append(": ");
                    Append(text, m.Value, deeper);
                });
                break;
            case IEnumerable list and not string:
                Members(text, '[', ']', newLine, list.Cast<object?>(), (m, deeper) => Append(text, m, deeper));
                break;
            default:
                text.Append(PythonJson.Write(value));
                break;
        }
    }

    private static void Members<T>(StringBuilder text, char open, char close, string newLine, IEnumerable<T> members, Action<T, string> append)
    {
        text.Append(open);
        var deeper = newLine + "  ";
        var any = false;
        foreach (var member in members)
        {
            text.Append(any ? "," : "").Append(deeper);
            append(member, deeper);
            any = true;
        }

        text.Append(any ? newLine : "").Append(close);
    }
}
