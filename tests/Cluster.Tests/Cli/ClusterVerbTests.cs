using System.Text.Json;
using Optuna.Cluster.Client;
using Optuna.Coordinator.Hosting;
using Optuna.Tests.Fleet;
using Optuna.Tests.Storage;

namespace Optuna.Tests.Cli;

/// <summary><c>cluster</c>: the coordinators, in every format.</summary>
public sealed class ClusterVerbTests(CtlCoordinator coordinator, DatabaseFixture database) : IClassFixture<CtlCoordinator>
{
    [Fact]
    public async Task The_nodes_are_printed_in_every_format()
    {
        await coordinator.Client.CreateStudyAsync("awake");
        var address = coordinator.Url[OptunaUrl.Scheme.Length..];

        var node = JsonDocument.Parse((await coordinator.RunAsync("cluster", "-f", "json")).Result()).RootElement[0];
        Assert.Equal(
            (address, "up", "coordinator", true, false, 1),
            (node.GetProperty("address").GetString(), node.GetProperty("status").GetString(), node.GetProperty("roles")[0].GetString(),
                node.GetProperty("leader").GetBoolean(), node.GetProperty("drained").GetBoolean(), node.GetProperty("studies").GetInt32()));
        Assert.Equal($"{address} up ['coordinator'] True False 1", await RunAsync("-f", "value"));
        Assert.Contains($"| {address} | up     | ['coordinator'] |", await RunAsync());
        Assert.StartsWith($"- address: {address}\n  drained: false\n  leader: true\n", await RunAsync("-f", "yaml"));
        Assert.Contains("--format", await CtlHere.RefusalAsync("cluster", "-f", "xml"));

        Task<string> RunAsync(params string[] args) => CtlHere.RunAsync(["cluster", "--storage", coordinator.Url, .. args]);
    }

    [Fact]
    public async Task Of_two_nodes_one_leads_and_a_drained_one_says_so()
    {
        var storage = await database.Server.CreateDatabaseAsync();
        await using var first = await CoordinatorNode.StartAsync(new CoordinatorOptions { Storage = storage, Port = 0 });
        await using var second = await CoordinatorNode.StartAsync(new CoordinatorOptions { Storage = storage, Port = 0 });
        await using var client = await second.ConnectAsync();
        var drained = first.Url[OptunaUrl.Scheme.Length..];
        await Until.TrueAsync("both are up", async () => (await client.GetClusterAsync()).Members.Count(m => m.Status == "up") == 2, RunningCtl.Patience);

        await client.DrainNodeAsync(drained);

        var nodes = await client.GetClusterAsync();
        Assert.Equal(second.Url[OptunaUrl.Scheme.Length..], nodes.Self);
        Assert.Contains(nodes.Leader, nodes.Members.Select(m => m.Address));
        Assert.Equal([drained], nodes.Members.Where(m => m.Drained).Select(m => m.Address));
    }
}
