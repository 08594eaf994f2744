using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using Optuna.Cluster.Pbm.Host;
using Optuna.Coordinator.Pbm;

namespace Optuna.Tests.Pbm;

public sealed class JoinTests : IAsyncDisposable
{
    private readonly ActorSystem _first = System(), _second = System();

    [Fact]
    public async Task A_node_that_is_in_no_cluster_joins_and_leaves_at_a_command()
    {
        await using var commands = CoordinatorCommands.Start(_second, CommandEndpoint.Any, Tokens.None);
        var (first, second) = (AddressOf(_first), AddressOf(_second));
        await Akka.Cluster.Cluster.Get(_first).JoinAsync(first);

        Assert.Contains("no leader", (await Asked.RunAsync(commands.Address, "cluster leader")).Refusal(), StringComparison.Ordinal);
        Assert.Equal(["Count: 0 nodes"], (await Asked.RunAsync(commands.Address, "cluster show")).Done());
        Assert.Contains("does not join itself", (await Asked.RunAsync(commands.Address, $"cluster join {second}")).Refusal(), StringComparison.Ordinal);
        Assert.Contains("There is no member", (await Asked.RunAsync(commands.Address, "cluster leave")).Refusal(), StringComparison.Ordinal);
        Assert.Equal([$"{second} has joined {first}."], (await Asked.RunAsync(commands.Address, $"cluster join -a {first.Host}:{first.Port}")).Done());
        Assert.Equal("Count: 2 nodes", (await Asked.RunAsync(commands.Address, "cluster show")).Done()[^1]);

        Assert.Equal([$"{second} is leaving."], (await Asked.RunAsync(commands.Address, "cluster leave")).Done());
        await _second.WhenTerminated.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        await _first.Terminate();
        await _second.Terminate();
    }

    private static Address AddressOf(ActorSystem system) => Akka.Cluster.Cluster.Get(system).SelfAddress;

    private static ActorSystem System() => ActorSystem.Create("optuna", ConfigurationFactory.ParseString("""
        akka {
          loglevel = OFF
          stdout-loglevel = OFF
          actor.provider = cluster
          cluster.roles = [coordinator]
          cluster.leader-actions-interval = 100ms
          coordinated-shutdown.run-by-clr-shutdown-hook = off
          remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
        }
        """));
}
