using System.Net;
using Optuna.Cluster.Client;
using Optuna.Coordinator.Hosting;

[assembly: AssemblyFixture(typeof(Optuna.Tests.Contract.ServedNode))]

namespace Optuna.Tests.Contract;

/// <summary>A coordinator on a file of its own that serves the storage protocol, for tests that need no second one.</summary>
public sealed class ServedNode : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optuna-gateway");
    private CoordinatorNode? _node;

    public string Address => $"http://{_node!.GrpcAddress}";

    public async ValueTask InitializeAsync() => _node = await StartAsync(_folder.FullName, "");

    /// <summary>Another one, with settings of its own.</summary>
    public static Task<CoordinatorNode> StartAsync(string folder, string hocon) => CoordinatorNode.StartAsync(new CoordinatorOptions
    {
        Storage = $"sqlite:///{Path.Combine(folder, "studies.db")}", Port = 0, Grpc = new IPEndPoint(IPAddress.Loopback, 0), Hocon = hocon,
    });

    public Task<OptunaClient> ConnectAsync() => _node!.ConnectAsync();

    public async ValueTask DisposeAsync()
    {
        if (_node is not null)
            await _node.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
