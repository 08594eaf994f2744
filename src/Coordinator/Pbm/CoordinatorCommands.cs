using Akka.Actor;
using Optuna.Cluster.Pbm.Grammar;
using Optuna.Cluster.Pbm.Host;
using Optuna.Cluster.Pbm.Palettes;
using Optuna.Cluster.Security;

namespace Optuna.Coordinator.Pbm;

/// <summary>The command host of a coordinator: every palette there is.</summary>
internal sealed class CoordinatorCommands : IAsyncDisposable
{
    private readonly CommandHost _host;
    private readonly OwnClient _client;

    private CoordinatorCommands(CommandHost host, OwnClient client) => (_host, _client) = (host, client);

    /// <summary>HOST:PORT where <c>pbm</c> reaches it.</summary>
    public string Address => _host.Address;

    /// <summary>It serves as soon as there is an actor system: a node that does not find into its cluster can be asked why.</summary>
    /// <exception cref="ArgumentException">It cannot listen there.</exception>
    public static CoordinatorCommands Start(ActorSystem system, CommandEndpoint at, RoleTokens tokens)
    {
        var client = new OwnClient(system);
        var grammar = new CommandGrammar(
        [
            new ClusterPalette(system).Palette,
            new ShardingPalette(system).Palette,
            ActorPalette.Of(system),
            LogPalette.Of(system),
            new OptunaPalette(client.ConnectAsync).Palette,
        ]);
        return new CoordinatorCommands(CommandHost.Start(at, $"{((ExtendedActorSystem)system).Provider.DefaultAddress}", grammar, tokens), client);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync().ConfigureAwait(false);
        await _client.DisposeAsync().ConfigureAwait(false);
    }
}
