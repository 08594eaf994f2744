using System.Net;
using Akka.Actor;
using Akka.Hosting;
using Grpc.AspNetCore.Server.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Optuna.Coordinator.Gateway;
using Optuna.Coordinator.Gateway.Grpc;

namespace Optuna.Coordinator.Hosting;

/// <summary>The storage server of a coordinator: what comes in over gRPC is handed to studies and catalogue like what comes in over remoting.</summary>
internal sealed class WebFront : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _disposed;

    private WebFront(WebApplication app)
    {
        _app = app;
        GrpcAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First()).Authority;
    }

    /// <summary>HOST:PORT of the storage server.</summary>
    public string GrpcAddress { get; }

    /// <exception cref="IOException">It cannot listen there.</exception>
    public static async Task<WebFront> StartAsync(
        ActorSystem system, IPEndPoint grpc, GrpcSettings settings, WebSettings web, Action<ILoggingBuilder>? logging, CancellationToken cancel)
    {
        // Nothing from the environment or the working folder: the coordinator's own options say everything.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "optuna-coordinator" });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        logging?.Invoke(builder.Logging);
        var registry = ActorRegistry.For(system);
        builder.Services
            .AddSingleton<IHostLifetime, NoLifetime>()
            .AddSingleton(settings)
            .AddSingleton(new StudyDoor(registry.Get<StudyRegion>(), registry.Get<CatalogRegion>(), settings.Patience))
            .AddSingleton<StudyMirrors>().AddSingleton<OrphanWatch>().AddSingleton<StorageService>()
            .AddRouting()
            .AddGrpc(options =>
            {
                options.MaxReceiveMessageSize = settings.MaxMessageSize;
                options.MaxSendMessageSize = null;
                options.Interceptors.Add<CallGuard>();
            });
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IServiceMethodProvider<StorageService>, StorageMethods>());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(grpc, listen =>
        {
            // Clear text has nothing to agree on a version with: HTTP/2 and nothing else.
            listen.Protocols = HttpProtocols.Http2;
            if (web.Certificate is not null)
                listen.UseHttps(web.Certificate);
            var orphans = listen.ApplicationServices.GetRequiredService<OrphanWatch>();
            listen.Use(next => connection => orphans.WhileOpen(connection, () => next(connection)));
        }));
        var app = builder.Build();
        app.UseRouting();
        app.UseTokens(web.Tokens);
        app.MapGrpcService<StorageService>();
        try
        {
            await app.StartAsync(cancel).ConfigureAwait(false);
            return new WebFront(app);
        }
        catch
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Calls under way are answered, and no more are taken.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;
        await _app.StopAsync().ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }
}
