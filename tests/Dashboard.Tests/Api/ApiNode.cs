using System.Net;
using Optuna.Coordinator.Hosting;

[assembly: AssemblyFixture(typeof(Optuna.Tests.Api.ApiNode))]

namespace Optuna.Tests.Api;

/// <summary>A coordinator on a file of its own that serves HTTP, for tests that need no second one.</summary>
public sealed class ApiNode : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optuna-api");
    private CoordinatorNode? _node;

    public string Address => _node!.HttpAddress!;

    public async ValueTask InitializeAsync() => _node = await StartAsync(_folder.FullName);

    /// <summary>Another one, with settings of its own.</summary>
    public static Task<CoordinatorNode> StartAsync(string folder, string hocon = "", int port = 0) => CoordinatorNode.StartAsync(new CoordinatorOptions
    {
        Storage = $"sqlite:///{Path.Combine(folder, "studies.db")}", Port = 0, Http = new IPEndPoint(IPAddress.Loopback, port), Hocon = hocon,
    });

    public async ValueTask DisposeAsync()
    {
        if (_node is not null)
            await _node.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
