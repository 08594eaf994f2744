using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Optuna.Dashboard;

/// <summary>Where the dashboard's files are served.</summary>
public static class DashboardRoutes
{
    // The one hash is that of an empty style element, which plotly.js makes and fills by script. No script that is not a file of ours runs, nothing is evaluated,
    // and no other host is asked for anything; pictures may also be made in the page, for the download of a chart.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; img-src 'self' data: blob:; " +
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Serves the page at <c>/</c> and what it consists of under <c>/assets/</c>: GET and HEAD, with the headers that keep foreign scripts out.</summary>
    /// <returns>For what all of these routes have in common, such as that anybody may fetch them: they hold nothing of any study.</returns>
    public static IEndpointConventionBuilder MapDashboard(this IEndpointRouteBuilder endpoints)
    {
        var files = DashboardFiles.Load();
        string[] methods = [HttpMethods.Get, HttpMethods.Head];
        var routes = endpoints.MapGroup("");
        routes.MapMethods("/", methods, http => SendAsync(http, files, "index.html"));
        routes.MapMethods("/assets/{**path}", methods, http => SendAsync(http, files, http.GetRouteValue("path") as string ?? ""));
        return routes;
    }

    private static Task SendAsync(HttpContext http, DashboardFiles files, string path)
    {
        var (request, response) = (http.Request, http.Response);
        if (!files.TryGet(path, out var file))
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        var headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // Kept, but asked about each time: after an update nobody has a page of which half is old.
        headers.CacheControl = "no-cache";
        headers.ETag = file.ETag;
        headers.Vary = HeaderNames.AcceptEncoding;
        if (request.Headers.IfNoneMatch.Contains(file.ETag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.ContentType = file.ContentType;
        var body = file.Content;
        if (request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            headers.ContentEncoding = "gzip";
            body = file.Gzip;
        }

        response.ContentLength = body.Length;
        return HttpMethods.IsHead(request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }
}
