using Akka;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Optuna.Cluster.Client;
using Optuna.Cluster.Hosting;
using Optuna.Cluster.Pbm.Host;
using Optuna.Cluster.Protocol;
using Optuna.Cluster.Security;
using Optuna.Coordinator.Gateway;
using Optuna.Coordinator.Gateway.Grpc;
using Optuna.Coordinator.Gateway.Http;
using Optuna.Coordinator.Pbm;
using Optuna.Coordinator.Storage;
using Optuna.Coordinator.Telemetry;
using Optuna.Studies;

namespace Optuna.Coordinator.Hosting;

/// <summary>A running coordinator: in a process of its own, or inside another program.</summary>
public sealed class CoordinatorNode : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly ClusterJoining _joining;
    private readonly IDisposable? _owner;
    private readonly WebFront? _web;
    private readonly HttpFront? _http;
    private readonly CoordinatorCommands? _commands;
    private readonly CoordinatedShutdown _shutdown;

    private CoordinatorNode(
        IHost host, ClusterJoining joining, IDisposable? owner, ActorSystem system, WebFront? web, HttpFront? http, CoordinatorCommands? commands)
    {
        (_host, _joining, _owner, _web, _http, _commands) = (host, joining, owner, web, http, commands);
        _shutdown = CoordinatedShutdown.Get(system);
        var address = ((ExtendedActorSystem)system).Provider.DefaultAddress;
        Url = new OptunaUrl([new CoordinatorAddress(address.Host!, address.Port!.Value)], address.Protocol == OptunaSystem.AkkaProtocol(tls: true)).ToString();
        WhenTerminated = system.WhenTerminated;
    }

    /// <summary>Where clients and workers reach it: <c>optuna://HOST:PORT</c>, with TLS <c>optuna+tls://HOST:PORT</c>.</summary>
    public string Url { get; }

    /// <summary>HOST:PORT where Optuna's own clients reach it (<c>GrpcStorageProxy</c>); null when it does not serve them.</summary>
    public string? GrpcAddress => _web?.GrpcAddress;

    /// <summary>HOST:PORT of health and metrics; null when they are not served.</summary>
    public string? HttpAddress => _http?.Address;

    /// <summary>HOST:PORT where <c>pbm</c> reaches it; null when it does not serve it.</summary>
    public string? PbmAddress => _commands?.Address;

    /// <summary>Somebody let it leave the cluster (<c>pbm cluster leave</c>): it has ended or is about to, and was meant to.</summary>
    public bool HasLeft => _shutdown.ShutdownReason is CoordinatedShutdown.ClusterLeavingReason;

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
        var settings = HttpSettings.From(hocon);
        var patience = CoordinatorHocon.StartTimeout(hocon);
        var identity = TlsIdentity.From(hocon);
        var web = WebSettings.From(hocon, identity);
        var telemetry = TelemetrySettings.From(hocon);
        ListenAddress.Check(options.Hostname, options.Port);
        var owner = storage is SqliteUrl sqlite ? SqliteOwner.Take(sqlite) : null;
        IHost? host = null;
        ClusterJoining? joining = null;
        HttpFront? http = null;
        CoordinatorCommands? commands = null;
        try
        {
            await JournalSchema.PrepareAsync(storage, cancellationToken).ConfigureAwait(false);
            var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
            var level = Akka.Event.Logging.LogLevelFor(hocon.GetString("akka.loglevel"));
            // As much as the actor system lets through, which pbm may change while it runs.
            Akka.Event.EventStream? events = null;
            builder.Logging.AddFilter(l => l >= Minimum(events?.LogLevel ?? level));
            logging?.Invoke(builder.Logging);
            builder.Services.AddSingleton<IHostLifetime, NoLifetime>().AddSingleton(new Exports(telemetry, options.Http is not null));
            builder.Services.AddAkka(OptunaSystem.Name, (akka, services) => akka
                .AddHocon(hocon, HoconAddMode.Append)
                .ConfigureLoggers(loggers =>
                {
                    // Actors keep the level they are started with: what may be asked for later they must be able to say.
                    loggers.LogLevel = level < Akka.Event.LogLevel.InfoLevel ? level : Akka.Event.LogLevel.InfoLevel;
                    loggers.ClearLoggers();
                    loggers.AddLoggerFactory(new DepartureFilter(services.GetRequiredService<ILoggerFactory>()));
                })
                .WithIdentity(identity)
                .WithOptunaProtocol()
                .WithStudies()
                .WithCatalog()
                .WithGateway());
            host = builder.Build();
            await host.StartAsync(cancellationToken).ConfigureAwait(false);
            var system = host.Services.GetRequiredService<ActorSystem>();
            var logs = host.Services.GetRequiredService<ILoggerFactory>();
            OpenDoors.Warn(options, identity, web, logs);
            events = system.EventStream;
            events.SetLogLevel(level);
            // Before the cluster is joined: whoever watches wants to know that it is being tried.
            var exports = host.Services.GetRequiredService<Exports>();
            http = await ListenAddress.OpenAsync("--http", options.Http, options.HttpIfFree, logs, door =>
                HttpFront.StartAsync(system, door, settings, new NodeHealth(system, storage, logs), web, exports, logging, cancellationToken)).ConfigureAwait(false);
            commands = options.Pbm is { } command ? CoordinatorCommands.Start(system, command, web.Tokens) : null;
            joining = new ClusterJoining(system);
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(patience);
            await joining.JoinAsync(storage, options.Seeds, logs, timeout.Token).ConfigureAwait(false);
            await WaitForCatalogAsync(system, timeout.Token).ConfigureAwait(false);
            var front = await ListenAddress.OpenAsync("--grpc", options.Grpc, options.GrpcIfFree, logs, door =>
                WebFront.StartAsync(system, door, grpc, web, logging, cancellationToken)).ConfigureAwait(false);
            // An operator's 'cluster leave' begins with the actor system, not with this object: calls need the studies then, too.
            if (front is not null)
                CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "answer-web-calls", () => CloseAsync(front));
            return new CoordinatorNode(host, joining, owner, system, front, http, commands);
        }
        catch (Exception e)
        {
            if (http is not null)
                await http.DisposeAsync().ConfigureAwait(false);
            if (commands is not null)
                await commands.DisposeAsync().ConfigureAwait(false);
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
        if (_commands is not null)
            await _commands.DisposeAsync().ConfigureAwait(false);
        await _joining.DisposeAsync().ConfigureAwait(false);
        if (_http is not null)
            await _http.DisposeAsync().ConfigureAwait(false);
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

    private static async Task<Done> CloseAsync(WebFront front)
    {
        await front.DisposeAsync().ConfigureAwait(false);
        return Done.Instance;
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
