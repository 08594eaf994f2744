using Optuna.Cluster.Client;
using Optuna.Coordinator.Hosting;

namespace Optuna.Tests.Cli;

/// <summary>A coordinator on a SQLite file of its own, for the tests of one class.</summary>
public sealed class CtlCoordinator : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optuna-ctl-");
    private CoordinatorNode? _node;

    public OptunaClient Client { get; private set; } = null!;

    public string Url => _node!.Url;

    /// <summary>The storage behind it.</summary>
    public string Storage => "sqlite:///" + Path.Combine(_folder.FullName, "studies.db");

    public async ValueTask InitializeAsync()
    {
        _node = await CoordinatorNode.StartAsync(new CoordinatorOptions { Storage = Storage, Port = 0 });
        Client = await _node.ConnectAsync();
    }

    /// <summary>A verb, in this process: what it prints and refuses, not how the program behaves.</summary>
    internal Task<CtlProcess> RunAsync(params string[] args) => CtlHere.AsProgramAsync(["--storage", Url, .. args]);

    /// <summary>The program itself: also for what it says to people.</summary>
    internal Task<CtlProcess> RunProgramAsync(params string[] args) => CtlProcess.RunAsync(["--storage", Url, .. args]);

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await _node!.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
