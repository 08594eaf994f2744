using System.Net;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Optuna.Cluster.Security;
using Optuna.Coordinator.Gateway;
using Optuna.Coordinator.Gateway.Http;
using Optuna.Coordinator.Telemetry;
using Optuna.Dashboard;

namespace Optuna.Coordinator.Hosting;

/// <summary>The HTTP port of a coordinator: <c>/health/live</c> and <c>/health/ready</c> for anybody, <c>/metrics</c> for readers, studies under <c>/api/v1</c>.</summary>
internal sealed class HttpFront : IAsyncDisposable
{
    private static readonly NeedsRole s_anybody = new(null), s_readers = new(TokenRole.Read);

    private readonly WebApplication _app;
    private readonly StudyFeeds _feeds;
    private readonly StudyList _list;
    private readonly NodeLoad _load;

    private HttpFront(WebApplication app, StudyFeeds feeds, StudyList list, NodeLoad load)
    {
        (_app, _feeds, _list, _load) = (app, feeds, list, load);
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First()).Authority;
    }

    /// <summary>HOST:PORT.</summary>
    public string Address { get; }

    /// <exception cref="IOException">It cannot listen there.</exception>
    public static async Task<HttpFront> StartAsync(
        ActorSystem system, IPEndPoint at, HttpSettings settings, NodeHealth health, WebSettings web, Exports exports, Action<ILoggingBuilder>? logging, CancellationToken cancel)
    {
        // Nothing from the environment or the working folder: the coordinator's own options say everything.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "optuna-coordinator" });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        logging?.Invoke(builder.Logging);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>().AddRouting();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1 << 20;
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 << 10;
            // Whoever sends or takes more slowly than 240 bytes a second, which is Kestrel's own limit, is cut; so is one whose head does not come.
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.MaxConcurrentConnections = 1000;
            kestrel.Listen(at, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                if (web.Certificate is not null)
                    listen.UseHttps(web.Certificate);
            });
        });
        var app = builder.Build();
        var registry = ActorRegistry.For(system);
        var door = new StudyDoor(registry.Get<StudyRegion>(), registry.Get<CatalogRegion>(), settings.Patience);
        var feeds = new StudyFeeds(system, door);
        var list = new StudyList(system, door);
        var load = new NodeLoad();
        app.UseGuard(web.Tokens, app.Services.GetRequiredService<ILoggerFactory>().CreateLogger<HttpFront>());
        app.UseRouting();
        app.UseTokens(web.Tokens);
        app.MapApi(new ApiServices(system, door, feeds, list, web.Tokens, load, settings.Artifacts, app.Lifetime.ApplicationStopping));
        app.MapGet("/health/live", http => AnswerAsync(http, health.Live())).WithMetadata(s_anybody);
        app.MapGet("/health/ready", async http => await AnswerAsync(http, await health.ReadyAsync().ConfigureAwait(false)).ConfigureAwait(false))
            .WithMetadata(s_anybody);
        exports.MapMetrics(app, "/metrics").WithMetadata(s_readers);
        // The page by which somebody logs in; what it shows it asks of the API.
        app.MapDashboard().WithMetadata(s_anybody);
        try
        {
            await app.StartAsync(cancel).ConfigureAwait(false);
            return new HttpFront(app, feeds, list, load);
        }
        catch
        {
            load.Dispose();
            await feeds.DisposeAsync().ConfigureAwait(false);
            await list.DisposeAsync().ConfigureAwait(false);
            await app.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync().ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        await _feeds.DisposeAsync().ConfigureAwait(false);
        await _list.DisposeAsync().ConfigureAwait(false);
        _load.Dispose();
    }

    private static Task AnswerAsync(HttpContext http, HealthReport report)
    {
        http.Response.StatusCode = report.IsGood ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        http.Response.ContentType = "application/json";
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsync(report.ToJson(), http.RequestAborted);
    }
}
