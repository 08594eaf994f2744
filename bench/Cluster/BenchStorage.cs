using Optuna.Coordinator.Storage;
using Optuna.Testing.Storage;

namespace Optuna.Bench;

/// <summary>Where the measured journal is, and what was started or made for it.</summary>
internal sealed class BenchStorage : IAsyncDisposable
{
    public const string PrivateMariaDb = "mariadb";
    private const string PrivateSqlite = "sqlite";

    private readonly DirectoryInfo? _folder;

    private BenchStorage(string url, MariaDbServer? server = null, DirectoryInfo? folder = null) => (Url, Server, _folder) = (url, server, folder);

    public string Url { get; }

    /// <summary>The server started for this run; null when there was one, or none is needed.</summary>
    public MariaDbServer? Server { get; }

    public string Kind => StorageUrl.Parse(Url) is MySqlUrl ? "mysql" : "sqlite";

    /// <exception cref="ArgumentException">Neither a storage URL nor one of the two words.</exception>
    public static string Checked(string text)
    {
        if (text is not (PrivateMariaDb or PrivateSqlite))
            StorageUrl.Parse(text);
        return text;
    }

    public static async Task<BenchStorage> OpenAsync(string text, CancellationToken cancel)
    {
        switch (text)
        {
            case PrivateMariaDb:
                var server = await StartServerAsync(cancel).ConfigureAwait(false);
                return new BenchStorage(await server.CreateDatabaseAsync(cancel).ConfigureAwait(false), server);
            case PrivateSqlite:
                var folder = Directory.CreateTempSubdirectory("optuna-bench-");
                return new BenchStorage($"sqlite:///{Path.Combine(folder.FullName, "bench.db")}", folder: folder);
            default:
                return new BenchStorage(text);
        }
    }

    /// <summary>Transactions the server started for this run has committed so far; null where there is no such server.</summary>
    public async Task<long?> CommitsAsync(CancellationToken cancel) =>
        Server is null ? null : await Server.CounterAsync("Com_commit", cancel).ConfigureAwait(false);

    private static async Task<MariaDbServer> StartServerAsync(CancellationToken cancel)
    {
        try
        {
            return await MariaDbServer.StartAsync(cancel).ConfigureAwait(false);
        }
        catch (InvalidOperationException e)
        {
            throw new ArgumentException($"--storage {PrivateMariaDb}: {e.Message}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Server is not null)
            await Server.DisposeAsync().ConfigureAwait(false);
        _folder?.Delete(recursive: true);
    }
}
