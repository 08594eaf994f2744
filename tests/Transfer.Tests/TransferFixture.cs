using Optuna.Cluster.Client;
using Optuna.Coordinator.Hosting;
using Optuna.Testing.Storage;

[assembly: AssemblyFixture(typeof(Optuna.Tests.TransferFixture))]

namespace Optuna.Tests;

/// <summary>A database server and a folder for the whole run; each test takes stores of its own from it.</summary>
public sealed class TransferFixture : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optuna-transfer-");
    private MariaDbServer? _server;
    private int _count;

    public async ValueTask InitializeAsync() => _server = await MariaDbServer.StartAsync();

    public string NewPath(string extension) => Path.Combine(_folder.FullName, $"{Interlocked.Increment(ref _count)}.{extension}");

    /// <param name="kind">sqlite, journal or mysql.</param>
    /// <returns>The URL of an empty store.</returns>
    public async Task<string> NewStoreAsync(string kind)
    {
        if (kind == "journal")
            return "journal:///" + NewPath("log");
        if (kind == "sqlite")
            return "sqlite:///" + NewPath("db");
        var url = await _server!.CreateDatabaseAsync();
        // The server's own default knows one alphabet.
        await _server.ExecuteAsync($"ALTER DATABASE {url[(url.LastIndexOf('/') + 1)..]} CHARACTER SET utf8mb4");
        return url;
    }

    /// <summary>A coordinator with no studies.</summary>
    internal async Task<Ours> StartAsync()
    {
        var node = await CoordinatorNode.StartAsync(new CoordinatorOptions { Storage = "sqlite:///" + NewPath("ours"), Port = 0 });
        return new Ours(node, await node.ConnectAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

/// <summary>Our side: a coordinator and a client of it.</summary>
internal sealed record Ours(CoordinatorNode Node, OptunaClient Client) : IAsyncDisposable
{
    public Task<Run> ImportAsync(string from, params string[] more) => Run.CtlAsync(["import", "--storage", Node.Url, "--from", from, .. more]);

    public Task<Run> ExportAsync(string to, params string[] more) => Run.CtlAsync(["export", "--storage", Node.Url, "--to", to, .. more]);

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Node.DisposeAsync();
    }
}
