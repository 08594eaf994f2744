using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Optuna.Cluster.Security;
using Optuna.Coordinator.Gateway.Http;
using Optuna.Coordinator.Telemetry;

namespace Optuna.Coordinator.Gateway;

/// <summary>What an endpoint says about itself: the role its caller needs.</summary>
/// <param name="Role">Null: nobody is asked.</param>
internal sealed record NeedsRole(TokenRole? Role);

/// <summary>Stands before everything that is served over HTTP and gRPC. An endpoint that says nothing is for admins; no request is read before its bearer may send it.</summary>
internal static class TokenGate
{
    /// <remarks>After routing, before the endpoints.</remarks>
    public static void UseTokens(this IApplicationBuilder app, RoleTokens tokens) => app.Use((http, next) =>
    {
        if (http.GetEndpoint() is not { } endpoint || !tokens.AreRequired)
            return next(http);
        var needed = endpoint.Metadata.GetMetadata<NeedsRole>() is { } said ? said.Role : TokenRole.Admin;
        if (needed is null)
            return next(http);
        if (RoleOf(http, tokens) is not { } role)
        {
            return RefuseAsync(http, StatusCodes.Status401Unauthorized, StatusCode.Unauthenticated,
                "This door asks for a token: send the header 'authorization: Bearer TOKEN'.");
        }

        return role >= needed ? next(http) : RefuseAsync(http, StatusCodes.Status403Forbidden, StatusCode.PermissionDenied,
            $"This needs a token with the role {needed}; this one has the role {role}.");
    });

    /// <summary>What the caller may do, by its header or by the cookie it got for one; null for a stranger.</summary>
    public static TokenRole? RoleOf(HttpContext http, RoleTokens tokens) =>
        tokens.RoleOfHeader(http.Request.Headers.Authorization) ?? SessionCookie.RoleOf(http.Request.Cookies[SessionCookie.Name], tokens);

    private static Task RefuseAsync(HttpContext http, int status, StatusCode code, string sentence)
    {
        NodeMeter.Refused.Add(1, new KeyValuePair<string, object?>("status", status));
        if (http.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) == true)
        {
            // A reply of headers alone: gRPC has its own status, and HTTP's is always 200.
            http.Response.ContentType = "application/grpc";
            http.Response.Headers["grpc-status"] = $"{(int)code}";
            http.Response.Headers["grpc-message"] = Uri.EscapeDataString(sentence);
            return Task.CompletedTask;
        }

        if (status == StatusCodes.Status401Unauthorized)
            http.Response.Headers.WWWAuthenticate = "Bearer";
        return ApiProblem.WriteAsync(http, status, status == StatusCodes.Status401Unauthorized ? "unauthorized" : "forbidden", sentence);
    }
}
