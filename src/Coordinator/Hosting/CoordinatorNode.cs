using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Optuna.Cluster.Client;
using Optuna.Cluster.Hosting;
using Optuna.Cluster.Protocol;
using Optuna.Coordinator.Gateway.Grpc;
using Optuna.Coordinator.Storage;
using Optuna.Studies;

namespace Optuna.Coordinator.Hosting;

/// <summary>A running coordinator: in a process of its own, or inside another program.</summary>
public sealed class CoordinatorNode : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly ClusterJoining _joining;
    private readonly IDisposable? _owner;
    private readonly WebFront? _web;

    private CoordinatorNode(IHost host, ClusterJoining joining, IDisposable? owner, ActorSystem system, WebFront? web)
    {
        (_host, _joining, _owner, _web) = (host, joining, owner, web);
        var address = ((ExtendedActorSystem)system).Provider.DefaultAddress;
        Url = $"{OptunaUrl.Scheme}{address.Host}:{address.Port}";
        WhenTerminated = system.WhenTerminated;
    }

    /// <summary>Where clients and workers reach it: <c>optuna://HOST:PORT</c>.</summary>
    public string Url { get; }

    /// <summary>HOST:PORT where Optuna's own clients reach it (<c>GrpcStorageProxy</c>); null when it does not serve them.</summary>
    public string? GrpcAddress => _web?.GrpcAddress;

    /// <summary>Completes when the actor system has ended, for whatever reason.</summary>
    public Task WhenTerminated { get; }

    /// <summary>This node has no place in the cluster any more: another was started with its address, or the others have gone on without it.</summary>
    public Task<ClusterStanding> Lost => _joining.Lost;

    /// <summary>Prepares the storage, joins or founds the cluster, and returns when studies can be reached.</summary>
    /// <exception cref="ArgumentException">An option or HOCON value is not acceptable; nothing was started.</exception>
    /// <exception cref="StorageRefusedException">The storage cannot be used; nothing was started.</exception>
    /// <exception cref="CoordinatorUnreachableException">Studies could not be reached within HOCON's <c>optuna.start-timeout</c>.</exception>
    public static async Task<CoordinatorNode> StartAsync(
        CoordinatorOptions options, Action<ILoggingBuilder>? logging = null, CancellationToken cancellationToken = default)
    {
        var storage = StorageUrl.Parse(options.Storage);
        var hocon = CoordinatorHocon.For(options, storage);
        Studies.StudySettings.From(hocon);
        Studies.StudyDefaults.From(hocon);
        var grpc = GrpcSettings.From(hocon);
        var patience = CoordinatorHocon.StartTimeout(hocon);
        ListenAddress.Check(options.Hostname, options.Port);
        var owner = storage is SqliteUrl sqlite ? SqliteOwner.Take(sqlite) : null;
        IHost? host = null;
        ClusterJoining? joining = null;
        try
        {
            await JournalSchema.PrepareAsync(storage, cancellationToken).ConfigureAwait(false);
            var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
            var level = Akka.Event.Logging.LogLevelFor(hocon.GetString("akka.loglevel"));
            builder.Logging.SetMinimumLevel(Minimum(level));
            logging?.Invoke(builder.Logging);
            builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
            builder.Services.AddAkka(OptunaSystem.Name, (akka, services) => akka
                .AddHocon(hocon, HoconAddMode.Append)
                .ConfigureLoggers(loggers =>
                {
                    // The builder would put its own default over the HOCON.
                    loggers.LogLevel = level;
                    loggers.ClearLoggers();
                    loggers.AddLoggerFactory(new DepartureFilter(services.GetRequiredService<ILoggerFactory>()));
                })
                .WithOptunaProtocol()
                .WithStudies()
                .WithCatalog()
                .WithGateway());
            host = builder.Build();
            await host.StartAsync(cancellationToken).ConfigureAwait(false);
            var system = host.Services.GetRequiredService<ActorSystem>();
            joining = new ClusterJoining(system);
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(patience);
            await joining.JoinAsync(storage, options.Seeds, host.Services.GetRequiredService<ILoggerFactory>(), timeout.Token).ConfigureAwait(false);
            await WaitForCatalogAsync(system, timeout.Token).ConfigureAwait(false);
            var web = options.Grpc is { } at ? await WebFront.StartAsync(system, at, grpc, logging, cancellationToken).ConfigureAwait(false) : null;
            return new CoordinatorNode(host, joining, owner, system, web);
        }
        catch (Exception e)
        {
            if (joining is not null)
                await joining.DisposeAsync().ConfigureAwait(false);
            if (host is not null)
                await StopAsync(host).ConfigureAwait(false);
            owner?.Dispose();
            if (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
                throw new CoordinatorUnreachableException($"No study could be reached within {patience.TotalSeconds:0} s of the start; the log may say why.", e);
            throw;
        }
    }

    /// <summary>A client that lives in this node's own actor system and talks to no other process; end it before the node.</summary>
    public Task<OptunaClient> ConnectAsync(OptunaClientOptions? options = null, CancellationToken cancellationToken = default) =>
        OptunaClient.ConnectAsync(
            _host.Services.GetRequiredService<ActorSystem>(), OptunaUrl.Parse(Url), options ?? new OptunaClientOptions(),
            ownsSystem: false, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        // Calls under way are answered first: they need the studies.
        if (_web is not null)
            await _web.DisposeAsync().ConfigureAwait(false);
        await _joining.DisposeAsync().ConfigureAwait(false);
        await StopAsync(_host).ConfigureAwait(false);
        _owner?.Dispose();
    }

    // A catalogue that answers shows that the cluster is up, the shards are found and the journal is read.
    private static async Task WaitForCatalogAsync(ActorSystem system, CancellationToken cancel)
    {
        var catalog = ActorRegistry.For(system).Get<CatalogRegion>();
        var question = new CatalogRequest(0, new CatalogCommands.ListStudies(0, 1));
        while (true)
        {
            try
            {
                await catalog.Ask<Response>(question, TimeSpan.FromSeconds(1), cancel).ConfigureAwait(false);
                return;
            }
            catch (AskTimeoutException) when (!cancel.IsCancellationRequested)
            {
            }
        }
    }

    private static LogLevel Minimum(Akka.Event.LogLevel level) => level switch
    {
        Akka.Event.LogLevel.DebugLevel => LogLevel.Debug,
        Akka.Event.LogLevel.InfoLevel => LogLevel.Information,
        Akka.Event.LogLevel.WarningLevel => LogLevel.Warning,
        _ => LogLevel.Error,
    };

    private static async Task StopAsync(IHost host)
    {
        // The actor system's hosted service reports a system that ended by itself through the exit code of the
        // process; that is for Program to decide.
        var exitCode = Environment.ExitCode;
        await host.StopAsync().ConfigureAwait(false);
        host.Dispose();
        Environment.ExitCode = exitCode;
    }
}
