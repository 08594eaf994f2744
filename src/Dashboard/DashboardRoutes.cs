using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Optuna.Dashboard;

/// <summary>Where the dashboard's files are served.</summary>
public static class DashboardRoutes
{
    // What plotly.js asks for: an empty style element, which it fills by script; the style sheet of its maps, which comes with the large bundle; and empty style attributes.
    // An update of it may want other hashes; the browser tests tell, for they end at the first thing that the policy stops.
    private const string Empty = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='", Maps = "'sha256-V2sIX92Uh6ZaGSFTKMHghsB85b9toJtmazgG09AI2uk='";

    // No script that is not a file of ours runs, nothing is evaluated, and no other host is asked for anything; pictures may also be made in the page, for the download of a chart.
    private const string Policy =
        $"default-src 'none'; script-src 'self'; style-src 'self' {Empty} {Maps}; style-src-attr 'unsafe-hashes' {Empty}; img-src 'self' data: blob:; " +
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Serves the page at <c>/</c> and what it consists of under <c>/assets/VERSION/</c>: GET and HEAD, with the headers that keep foreign scripts out.</summary>
    /// <returns>For what all of these routes have in common, such as that anybody may fetch them: they hold nothing of any study.</returns>
    public static IEndpointConventionBuilder MapDashboard(this IEndpointRouteBuilder endpoints)
    {
        var files = DashboardFiles.Load();
        string[] methods = [HttpMethods.Get, HttpMethods.Head];
        var routes = endpoints.MapGroup("");
        routes.MapMethods("/", methods, http => SendAsync(http, files, DashboardFiles.Page, kept: false));
        // A page that was opened before an update asks by its old version and gets the files there are.
        routes.MapMethods("/assets/{version}/{**path}", methods, http => SendAsync(
            http, files, http.GetRouteValue("path") as string ?? "", kept: http.GetRouteValue("version") as string == files.Version));
        return routes;
    }

    private static Task SendAsync(HttpContext http, DashboardFiles files, string path, bool kept)
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
        headers.CacheControl = kept ? "public, max-age=31536000, immutable" : "no-cache";
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
