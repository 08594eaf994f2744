using System.Text.Json;
using Optuna.Bench.Quality;
using Optuna.Distributions;

namespace Optuna.Tests.Quality;

/// <summary>What the definitions of the test functions come with: a space, and points with their values.</summary>
internal static class RecordedFunctions
{
    private static readonly Lazy<JsonDocument> s_file = new(() =>
    {
        using var file = DataFiles.Open("functions.json");
        return JsonDocument.Parse(file);
    });

    /// <summary>Names of those with one objective.</summary>
    public static IEnumerable<string> Names => s_file.Value.RootElement.GetProperty("problems").EnumerateObject()
        .Where(p => p.Value.GetProperty("metric").GetString() == "best value").Select(p => p.Name);

    /// <summary>Names of those with several.</summary>
    public static IEnumerable<string> NamesOfSeveral => s_file.Value.RootElement.GetProperty("problems").EnumerateObject().Select(p => p.Name).Except(Names);

    public static IEnumerable<(Dictionary<string, object?> Params, double Value)> Points(string problem) =>
        Of(problem).GetProperty("tests").EnumerateArray().Select(t => (Params(t), t.GetProperty("value").GetDouble()));

    /// <summary>Points of a function of several objectives.</summary>
    public static IEnumerable<(Dictionary<string, object?> Params, double[] Values, double[] Constraints)> PointsOfSeveral(string problem) =>
        Of(problem).GetProperty("tests").EnumerateArray().Select(t => (
            Params(t), Numbers(t.GetProperty("value")), t.TryGetProperty("constraints", out var c) ? Numbers(c) : []));

    public static double[] ReferencePoint(string problem) => Numbers(Of(problem).GetProperty("reference_point"));

    /// <summary>Null where the space unfolds as it is asked for.</summary>
    public static Dictionary<string, Distribution>? Space(string problem) => Of(problem).GetProperty("space") is { ValueKind: JsonValueKind.Object } space
        ? space.EnumerateObject().ToDictionary(p => p.Name, p => Read(p.Value))
        : null;

    private static Dictionary<string, object?> Params(JsonElement test) =>
        test.GetProperty("params").EnumerateObject().ToDictionary(p => p.Name, p => External(p.Value));

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(v => v.GetDouble())];

    private static JsonElement Of(string problem) => s_file.Value.RootElement.GetProperty("problems").GetProperty(problem);

    private static Distribution Read(JsonElement d) => d.GetProperty("type").GetString() switch
    {
        "float" => new FloatDistribution(
            d.GetProperty("low").GetDouble(), d.GetProperty("high").GetDouble(), d.GetProperty("log").GetBoolean(),
            d.GetProperty("step") is { ValueKind: JsonValueKind.Number } step ? step.GetDouble() : null),
        "int" => new IntDistribution(
            d.GetProperty("low").GetInt64(), d.GetProperty("high").GetInt64(), d.GetProperty("log").GetBoolean(), d.GetProperty("step").GetInt64()),
        "cat" => new CategoricalDistribution(d.GetProperty("choices").EnumerateArray().Select(c => (object?)c.GetString())),
        var other => throw new InvalidDataException($"There is no type '{other}'."),
    };

    private static object? External(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? value.GetString()
        : value.TryGetInt64(out var whole) ? whole : value.GetDouble();
}
