using System.Reflection;
using Microsoft.AspNetCore.Http;
using Optuna.Cluster.Security;

namespace Optuna.Coordinator.Gateway.Http;

/// <summary>Who is calling, and sessions for browsers that cannot set a header.</summary>
internal static class SessionRoutes
{
    private static readonly string s_version = typeof(SessionRoutes).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    public static IEnumerable<ApiRoute> All =>
    [
        new("GET", "/me", null, "Say which role the caller has.", MeAsync),
        new("POST", "/session", TokenRole.Read, "Exchange a token for a cookie.", BeginAsync) { Body = BodiesContext.Default.Nothing, Status = 204 },
        new("DELETE", "/session", null, "Drop the cookie.", EndAsync) { Status = 204 },
    ];

    private static Task MeAsync(ApiCall call) => call.JsonAsync(json =>
    {
        json.WriteStartObject();
        if (TokenGate.RoleOf(call.Http, call.Services.Tokens) is { } role)
            json.WriteString("role", role.ToString().ToLowerInvariant());
        else
            json.WriteNull("role");
        json.WriteBoolean("tokens_required", call.Services.Tokens.AreRequired);
        json.WriteString("version", s_version);
        json.WriteEndObject();
    });

    private static async Task BeginAsync(ApiCall call)
    {
        await call.BodyAsync(BodiesContext.Default.Nothing).ConfigureAwait(false);
        var ends = TimeProvider.System.GetUtcNow() + SessionCookie.Lifetime;
        if (call.Services.Tokens.Seal(call.Http.Request.Headers.Authorization, SessionCookie.Text(ends)) is { } seal)
            call.Http.Response.Cookies.Append(SessionCookie.Name, $"{SessionCookie.Text(ends)}.{seal}", Options(call.Http, ends));
        await call.NothingAsync().ConfigureAwait(false);
    }

    private static Task EndAsync(ApiCall call)
    {
        call.Http.Response.Cookies.Delete(SessionCookie.Name, Options(call.Http, null));
        return call.NothingAsync();
    }

    private static CookieOptions Options(HttpContext http, DateTimeOffset? ends) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, Path = "/", Expires = ends };
}

/// <summary>A browser's stand-in for a token: when it ends, sealed with the token. No coordinator remembers it, each knows it, and it dies with the token.</summary>
internal static class SessionCookie
{
    public const string Name = "optuna-session";

    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    public static string Text(DateTimeOffset ends) => ends.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The role of the token the cookie was made with; null for one that has ended or that nobody here made.</summary>
    public static TokenRole? RoleOf(string? cookie, RoleTokens tokens)
    {
        if (cookie?.Split('.') is not [var ends, var seal]
            || !long.TryParse(ends, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var second)
            || second < TimeProvider.System.GetUtcNow().ToUnixTimeSeconds())
            return null;
        return tokens.RoleOfSeal(ends, seal);
    }
}
