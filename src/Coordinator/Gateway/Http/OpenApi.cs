using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.RegularExpressions;
using Optuna.Cluster.Protocol;

namespace Optuna.Coordinator.Gateway.Http;

/// <summary>The description of the API for machines, made of its table of routes.</summary>
internal static partial class OpenApi
{
    private static readonly JsonSchemaExporterOptions s_schemas = new() { TreatNullObliviousAsNonNullable = true };

    public static void Write(Utf8JsonWriter json, IEnumerable<ApiRoute> routes)
    {
        json.WriteStartObject();
        json.WriteString("openapi", "3.1.0");
        json.WriteStartObject("info");
        json.WriteString("title", "Optuna.Actors");
        json.WriteString("version", $"{ProtocolVersion.Current}");
        json.WriteString("description", "Studies and trials of a cluster of coordinators. Every coordinator answers for every study.");
        json.WriteEndObject();
        json.WriteStartObject("components");
        json.WriteStartObject("securitySchemes");
        json.WriteStartObject("bearer");
        json.WriteString("type", "http");
        json.WriteString("scheme", "bearer");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("paths");
        foreach (var path in routes.GroupBy(r => r.Path))
        {
            json.WriteStartObject(ApiRoute.Root + path.Key);
            foreach (var route in path)
                Operation(json, route);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Operation(Utf8JsonWriter json, ApiRoute route)
    {
        json.WriteStartObject(route.Method.ToLowerInvariant());
        json.WriteString("summary", route.Summary);
        json.WriteString("x-role", route.Role?.ToString().ToLowerInvariant() ?? "anybody");
        json.WriteStartArray("security");
        if (route.Role is not null)
        {
            json.WriteStartObject();
            json.WriteStartArray("bearer");
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("parameters");
        foreach (Match name in Parameters().Matches(route.Path))
            Parameter(json, name.Groups[1].Value, "path", isRequired: true);
        foreach (var name in route.Query)
            Parameter(json, name, "query", isRequired: false);
        json.WriteEndArray();
        if (route.Body is { } body)
        {
            json.WriteStartObject("requestBody");
            json.WriteBoolean("required", true);
            Content(json, "application/json", body.GetJsonSchemaAsNode(s_schemas));
            json.WriteEndObject();
        }

        json.WriteStartObject("responses");
        json.WriteStartObject($"{route.Status}");
        json.WriteString("description", "Success; docs/http-api.md shows its members.");
        if (route.Status is not (202 or 204))
            Content(json, route.Answers, null);
        json.WriteEndObject();
        json.WriteStartObject("default");
        json.WriteString("description", "A refusal: RFC 9457, with the member 'code'.");
        Content(json, "application/problem+json", null);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Parameter(Utf8JsonWriter json, string name, string place, bool isRequired)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("in", place);
        json.WriteBoolean("required", isRequired);
        json.WriteStartObject("schema");
        json.WriteString("type", "string");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Content(Utf8JsonWriter json, string type, JsonNode? schema)
    {
        json.WriteStartObject("content");
        json.WriteStartObject(type);
        if (schema is not null)
        {
            json.WritePropertyName("schema");
            schema.WriteTo(json);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Parameters();
}
