using System.Text.Json.Serialization.Metadata;
using Optuna.Cluster.Security;

namespace Optuna.Coordinator.Gateway.Http;

/// <summary>One call of the API: the table of them is what is served, what <c>openapi.json</c> describes, and what asks for roles.</summary>
/// <param name="Path">Under <c>/api/v1</c>.</param>
/// <param name="Role">Null: anybody.</param>
/// <param name="Summary">For <c>openapi.json</c>.</param>
internal sealed record ApiRoute(string Method, string Path, TokenRole? Role, string Summary, Func<ApiCall, Task> Run)
{
    public const string Root = "/api/v1";

    /// <summary>Names of the parameters the query may have.</summary>
    public IReadOnlyList<string> Query { get; init; } = [];

    /// <summary>What the body is; null for none.</summary>
    public JsonTypeInfo? Body { get; init; }

    /// <summary>The status of success.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The media type of the answer.</summary>
    public string Answers { get; init; } = "application/json";
}
