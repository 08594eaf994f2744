using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Optuna.Cluster.Security;
using Optuna.Coordinator.Hosting;

namespace Optuna.Coordinator.Gateway.Http;

/// <summary>Stands before everything at the HTTP port: what every reply carries, where requests may come from, and how failures are answered.</summary>
internal static class ApiGuard
{
    // Replies are data: nothing in them is run or shown. The dashboard's files bring a policy of their own.
    private const string Policy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /// <remarks>First of all.</remarks>
    public static void UseGuard(this IApplicationBuilder app, RoleTokens tokens, ILogger log) => app.Use(async (http, next) =>
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        try
        {
            if (Refusal(http, tokens) is { } refusal)
                throw refusal;
            await next(http).ConfigureAwait(false);
        }
        catch (ApiProblem e) when (!http.Response.HasStarted)
        {
            await ApiProblem.WriteAsync(http, e.Status, e.Code, e.Message, e.More).ConfigureAwait(false);
        }
        catch (CoordinatorUnreachableException e) when (!http.Response.HasStarted)
        {
            await ApiProblem.WriteAsync(http, StatusCodes.Status503ServiceUnavailable, "unavailable", e.Message).ConfigureAwait(false);
        }
        catch (BadHttpRequestException e) when (!http.Response.HasStarted)
        {
            var code = e.StatusCode switch { 413 => "body_too_large", 431 => "headers_too_large", _ => "bad_request" };
            await ApiProblem.WriteAsync(http, e.StatusCode, code, e.Message).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone.
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "{Method} {Path} failed", http.Request.Method, http.Request.Path);
            if (http.Response.HasStarted)
                http.Abort();
            else
                await ApiProblem.WriteAsync(http, StatusCodes.Status500InternalServerError, "failed", "The call failed; the coordinator's log says why.").ConfigureAwait(false);
        }
    });

    private static ApiProblem? Refusal(HttpContext http, RoleTokens tokens)
    {
        var request = http.Request;
        // A page of another site whose name was made to point here would be "the same origin" to a browser. Tokens it has none of.
        if (!tokens.AreRequired && http.Connection.LocalIpAddress is { } local && IPAddress.IsLoopback(local.IsIPv4MappedToIPv6 ? local.MapToIPv4() : local)
            && !ListenAddress.IsLoopback(request.Host.Host))
            return new ApiProblem(StatusCodes.Status403Forbidden, "cross_origin", $"'{request.Host}' is not the name of this machine to itself: use localhost or 127.0.0.1.");
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || !request.Path.StartsWithSegments(ApiRoute.Root))
            return null;
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var origin = request.Headers.Origin.ToString();
        if ((site.Length > 0 && site is not ("same-origin" or "none")) || (origin.Length > 0 && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)))
            return new ApiProblem(StatusCodes.Status403Forbidden, "cross_origin", "This request comes from a page of another site.");
        if (!IsJson(request.ContentType))
            return new ApiProblem(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", $"The header Content-Type must be application/json (it is '{request.ContentType}').");
        return null;
    }

    private static bool IsJson(string? contentType) =>
        Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (type.Encoding is null || type.Encoding.WebName == "utf-8");
}
