using System.Text.Json;
using Optuna.Distributions;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Coordinator.Gateway.Http;

/// <summary>Members of bodies as the engine's values; what will not do is refused by name.</summary>
internal static class BodyValues
{
    /// <summary>A number, or the text of one that JSON has not.</summary>
    public static double Number(JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.String when value.GetString() is "NaN" => double.NaN,
        JsonValueKind.String when value.GetString() is "Infinity" => double.PositiveInfinity,
        JsonValueKind.String when value.GetString() is "-Infinity" => double.NegativeInfinity,
        _ => throw ApiProblem.Bad($"'{name}' must be a number, or \"Infinity\", \"-Infinity\" or \"NaN\" (it is {Short(value)})."),
    };

    /// <summary>As the engine keeps attributes.</summary>
    public static string Json(JsonElement value) => Optuna.Json.PythonJson.Write(Optuna.Json.PythonJson.Read(value.GetRawText()));

    public static Distribution Distribution(JsonElement value)
    {
        try
        {
            return DistributionJson.Read(value.GetRawText());
        }
        catch (ArgumentException e)
        {
            throw ApiProblem.Bad($"'distribution': {e.Message}");
        }
    }

    public static StudyDirection Direction(string? text) => text switch
    {
        "minimize" => StudyDirection.Minimize,
        "maximize" => StudyDirection.Maximize,
        _ => throw ApiProblem.Bad($"'directions' must hold \"minimize\" or \"maximize\" (it holds '{text}')."),
    };

    /// <param name="name">Of the member or parameter it stands in.</param>
    public static TrialState State(string text, string name) => text switch
    {
        "running" => TrialState.Running,
        "waiting" => TrialState.Waiting,
        "complete" => TrialState.Complete,
        "pruned" => TrialState.Pruned,
        "fail" => TrialState.Fail,
        _ => throw ApiProblem.Bad($"'{name}' must be running, waiting, complete, pruned or fail (it is '{text}')."),
    };

    public static JsonElement Object(JsonElement value, string name) => value.ValueKind == JsonValueKind.Object
        ? value
        : throw ApiProblem.Bad($"'{name}' must be a JSON object (it is {Short(value)}).");

    private static string Short(JsonElement value) => value.GetRawText() is { Length: > 40 } text ? text[..40] + "…" : value.GetRawText();
}
