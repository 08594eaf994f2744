using Optuna.Testing.Storage;

[assembly: AssemblyFixture(typeof(Optuna.Tests.Storage.DatabaseFixture))]

namespace Optuna.Tests.Storage;

/// <summary>One server for the whole run; each test takes a database of its own from it.</summary>
public sealed class DatabaseFixture : IAsyncLifetime
{
    private MariaDbServer? _server;

    public MariaDbServer Server => _server ?? throw new InvalidOperationException("The server is not up yet.");

    public async ValueTask InitializeAsync() => _server = await MariaDbServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
