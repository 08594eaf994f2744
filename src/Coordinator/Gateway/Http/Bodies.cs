using System.Text.Json;
using System.Text.Json.Serialization;

namespace Optuna.Coordinator.Gateway.Http;

/// <summary>What requests carry; docs/http-api.md says what each member means.</summary>
internal static class Bodies
{
    public sealed record CreateStudy
    {
        public string? Name { get; init; }

        public required string[] Directions { get; init; }

        public string? Sampler { get; init; }

        public string? Pruner { get; init; }

        public int? NTrials { get; init; }

        public string[]? MetricNames { get; init; }

        public bool LoadIfExists { get; init; }
    }

    public sealed record Rename
    {
        public required string Name { get; init; }
    }

    public sealed record Nothing;

    public sealed record Budget
    {
        public required int? NTrials { get; init; }
    }

    public sealed record Attribute
    {
        public required JsonElement Value { get; init; }
    }

    public sealed record TrialAttribute
    {
        public required JsonElement Value { get; init; }

        public long? Lease { get; init; }
    }

    public sealed record Note
    {
        [JsonPropertyName("note")]
        public required string Text { get; init; }
    }

    public sealed record Ask
    {
        public string? Worker { get; init; }

        public int? Budget { get; init; }
    }

    public sealed record Suggest
    {
        public required long Lease { get; init; }

        public required string Name { get; init; }

        public required JsonElement Distribution { get; init; }
    }

    public sealed record Report
    {
        public required long Lease { get; init; }

        public required long Step { get; init; }

        public required JsonElement Value { get; init; }
    }

    public sealed record Tell
    {
        public long? Lease { get; init; }

        public required string State { get; init; }

        public JsonElement[]? Values { get; init; }
    }

    public sealed record Enqueue
    {
        public required JsonElement Params { get; init; }

        public JsonElement? UserAttrs { get; init; }
    }
}

/// <summary>Read strictly: what is unknown, missing, repeated, nested too deep or no JSON is refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, MaxDepth = 64,
    ReadCommentHandling = JsonCommentHandling.Disallow, AllowTrailingCommas = false, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(Bodies.CreateStudy))]
[JsonSerializable(typeof(Bodies.Rename))]
[JsonSerializable(typeof(Bodies.Nothing))]
[JsonSerializable(typeof(Bodies.Budget))]
[JsonSerializable(typeof(Bodies.Attribute))]
[JsonSerializable(typeof(Bodies.TrialAttribute))]
[JsonSerializable(typeof(Bodies.Note))]
[JsonSerializable(typeof(Bodies.Ask))]
[JsonSerializable(typeof(Bodies.Suggest))]
[JsonSerializable(typeof(Bodies.Report))]
[JsonSerializable(typeof(Bodies.Tell))]
[JsonSerializable(typeof(Bodies.Enqueue))]
internal sealed partial class BodiesContext : JsonSerializerContext;
