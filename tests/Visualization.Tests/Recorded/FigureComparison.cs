using System.Text.Json;

namespace Optuna.Tests;

/// <summary>Whether a figure of ours shows what Optuna's shows. README.md says what is left out, and why.</summary>
internal static class FigureComparison
{
    private static readonly string[] TraceKeys =
        ["type", "name", "mode", "x", "y", "z", "error_y", "base", "text", "xaxis", "yaxis", "showlegend", "orientation", "fill", "connectgaps", "reversescale"];

    // What an axis of ours must not have where Optuna's has none.
    private static readonly string[] AxisKeys = ["title", "type", "range", "matches", "showticklabels", "categoryarray", "categoryorder", "tickvals", "ticktext"];

    internal static void Same(JsonElement optuna, JsonElement ours)
    {
        Assert.Equal(optuna.GetProperty("title").GetString(), ours.GetProperty("layout").GetProperty("title").GetProperty("text").GetString());
        var (theirs, drawn) = (Visible(optuna.GetProperty("data")), Visible(ours.GetProperty("data")));
        Assert.Equal(theirs.Count, drawn.Count);
        for (var i = 0; i < theirs.Count; i++)
        {
            foreach (var key in TraceKeys.Concat(IsRank(theirs[i]) ? ["hovertext"] : IsParallelLine(theirs[i]) ? ["customdata"] : []))
                SameValue($"trace {i}, {key}", Read(theirs[i], key), Read(drawn[i], key));
        }

        foreach (var axis in optuna.GetProperty("axes").EnumerateObject().Where(_ => theirs.Count > 0))
        {
            var ourAxis = axis.Name.Split('.').Aggregate(ours.GetProperty("layout"), (at, part) => at.GetProperty(part));
            foreach (var key in AxisKeys.Union(axis.Value.EnumerateObject().Select(p => p.Name)))
                SameValue($"{axis.Name}, {key}", Get(axis.Value, key), Get(ourAxis, key) is { ValueKind: JsonValueKind.Object } title ? title.GetProperty("text") : Get(ourAxis, key));
        }

        SameValue("ticks", optuna.GetProperty("ticks"), JsonSerializer.SerializeToElement(
            Get(ours.GetProperty("layout"), "annotations") is { ValueKind: JsonValueKind.Array } all
                ? all.EnumerateArray().Select(a => new object[] { a.GetProperty("text").GetString()!, a.GetProperty("x").GetDouble(), a.GetProperty("y").GetDouble() })
                : []));
    }

    // A trace without points shows nothing; Optuna leaves some in, others out.
    private static List<JsonElement> Visible(JsonElement data) => [.. data.EnumerateArray().Where(t => Length(t, "x") > 0 && Length(t, "y") > 0)];

    private static int Length(JsonElement trace, string key) => Get(trace, key) is { ValueKind: JsonValueKind.Array } a ? a.GetArrayLength() : 0;

    private static bool IsRank(JsonElement trace) => Length(trace, "hovertext") > 0;

    private static bool IsParallelLine(JsonElement trace) => Length(trace, "customdata") > 0;

    // The first panel's axes are those of a trace that names none.
    private static JsonElement Read(JsonElement trace, string key) =>
        key is "xaxis" or "yaxis" && Get(trace, key) is { ValueKind: JsonValueKind.String } id && id.GetString()!.Length == 1 ? default : Get(trace, key);

    private static JsonElement Get(JsonElement element, string key) => element.TryGetProperty(key, out var value) ? value : default;

    private static void SameValue(string what, JsonElement optuna, JsonElement ours)
    {
        switch (optuna.ValueKind)
        {
            case JsonValueKind.Number:
                Assert.True(ours.ValueKind == JsonValueKind.Number, $"{what}: {optuna} in Optuna, {ours.ValueKind} here");
                var (a, b) = (optuna.GetDouble(), ours.GetDouble());
                Assert.True(Math.Abs(a - b) <= 1e-9 * Math.Max(1, Math.Abs(a)), $"{what}: {a} in Optuna, {b} here");
                break;
            case JsonValueKind.Array:
                Assert.True(ours.ValueKind == JsonValueKind.Array || optuna.GetArrayLength() == 0, $"{what}: {optuna} in Optuna, nothing here");
                if (ours.ValueKind != JsonValueKind.Array)
                    break;
                Assert.True(optuna.GetArrayLength() == ours.GetArrayLength(), $"{what}: {optuna} in Optuna, {ours} here");
                for (var i = 0; i < optuna.GetArrayLength(); i++)
                    SameValue($"{what}[{i}]", optuna[i], ours[i]);
                break;
            case JsonValueKind.Object:
                foreach (var member in optuna.EnumerateObject())
                    SameValue($"{what}.{member.Name}", member.Value, Get(ours, member.Name));
                break;
            case JsonValueKind.String when what.Contains(", base[", StringComparison.Ordinal):
                Assert.Equal(DateTime.Parse(optuna.GetString()!, System.Globalization.CultureInfo.InvariantCulture), DateTime.Parse(ours.GetString()!, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case JsonValueKind.Undefined or JsonValueKind.Null:
                Assert.True(ours.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null, $"{what}: nothing in Optuna, {ours} here");
                break;
            default:
                Assert.True(optuna.ToString() == ours.ToString(), $"{what}: {optuna} in Optuna, {ours} here");
                break;
        }
    }
}
