using Optuna.Testing.Processes;

namespace Optuna.Bench;

/// <summary>One way from Python clients to a storage, with the server that was started for it, if it takes one.</summary>
internal sealed class Route : IAsyncDisposable
{
    public const string Ours = "ours";
    public const string Proxy = "optuna-proxy";
    public const string Rdb = "optuna-rdb";
    public const string ProxyOverMemory = "optuna-proxy-memory";

    /// <summary>All four; the last keeps nothing and is no rival, but a limit of what the client and Python's server can do.</summary>
    public static readonly string[] Names = [Ours, Proxy, Rdb, ProxyOverMemory];

    private Route(string name, string kind, string target, ProgramProcess? server = null) => (Name, Kind, Target, Server) = (name, kind, target, server);

    public string Name { get; }

    /// <summary>grpc or rdb, as the client's script says.</summary>
    public string Kind { get; }

    public string Target { get; }

    public ProgramProcess? Server { get; }

    public static async Task<Route> OpenAsync(string name, Lab lab, CancellationToken cancel)
    {
        switch (name)
        {
            case Ours:
                var coordinator = await lab.CoordinatorAsync(await lab.Database.CreateDatabaseAsync(cancel).ConfigureAwait(false)).ConfigureAwait(false);
                return new Route(name, "grpc", coordinator.Address, coordinator.Process);
            case Rdb:
                return new Route(name, "rdb", await lab.OptunaDatabaseAsync(cancel).ConfigureAwait(false));
            default:
                var port = Lab.FreePorts(1)[0];
                var where = name == ProxyOverMemory ? "memory" : await lab.OptunaDatabaseAsync(cancel).ConfigureAwait(false);
                var server = lab.Python(name, "bench_proxy.py", $"{port}", where);
                await server.LineAsync(l => l == "opened", Lab.Patience).ConfigureAwait(false);
                return new Route(name, "grpc", $"127.0.0.1:{port}", server);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Server is not null)
            await Server.DisposeAsync().ConfigureAwait(false);
    }
}
