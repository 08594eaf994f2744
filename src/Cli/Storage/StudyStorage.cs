using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Optuna.Cluster.Client;
using Optuna.Coordinator.Hosting;
using Optuna.Coordinator.Storage;

namespace Optuna.Cli.Storage;

/// <summary>The studies a verb works on: behind a coordinator, or in a database that this process opens for as long.</summary>
internal sealed class StudyStorage : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly CoordinatorNode? _node;
    private readonly Verbosity _verbosity;

    private StudyStorage(OptunaClient client, CoordinatorNode? node, Verbosity verbosity) =>
        (Client, _node, _verbosity) = (client, node, verbosity);

    public OptunaClient Client { get; }

    /// <param name="mayCreate">A SQLite file that is not there, or holds no studies, is made ready for them.</param>
    /// <param name="tls">HOCON <c>optuna.tls</c>, or nothing.</param>
    /// <exception cref="ArgumentException">Not a URL of a coordinator or storage, or nothing is there; the message names --storage.</exception>
    /// <exception cref="StorageRefusedException">The database cannot be used.</exception>
    public static async Task<StudyStorage> OpenAsync(string url, bool mayCreate, Verbosity verbosity, string tls, CancellationToken cancel)
    {
        if (OptunaUrl.IsMeant(url))
            return await ConnectAsync(Parse(url, OptunaUrl.Parse), verbosity, tls, cancel).ConfigureAwait(false);

        if (HttpAddress.IsMeant(url))
            return await ConnectAsync(await NamedAsync(HttpAddress.FindAsync(url, tls, Patience, cancel)).ConfigureAwait(false), verbosity, tls, cancel).ConfigureAwait(false);

        var storage = Parse(url, StorageUrl.Parse);
        if (await RunningCoordinators.FindAsync(storage, cancel).ConfigureAwait(false) is { } running)
            return await ConnectAsync(running, verbosity, tls, cancel).ConfigureAwait(false);
        // A mistyped path must not become an empty database.
        if (!mayCreate && storage is SqliteUrl sqlite && !SqliteJournal.IsIn(sqlite))
        {
            throw new ArgumentException(File.Exists(sqlite.File)
                ? $"--storage: the file {sqlite.Path} holds no studies of this program."
                : $"--storage: there is no file {sqlite.Path}.");
        }

        return await StartAsync(url, storage, verbosity, tls, cancel).ConfigureAwait(false);
    }

    /// <summary>A line on stderr for people, unless they want quiet.</summary>
    public void Note(string sentence)
    {
        if (_verbosity > Verbosity.Quiet)
            Console.Error.WriteLine(sentence);
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync().ConfigureAwait(false);
        if (_node is not null)
            await _node.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task<StudyStorage> ConnectAsync(OptunaUrl url, Verbosity verbosity, string tls, CancellationToken cancel)
    {
        var client = await OptunaClient.ConnectAsync(url.ToString(), Options(verbosity, tls), cancel).ConfigureAwait(false);
        return new StudyStorage(client, null, verbosity);
    }

    private static async Task<StudyStorage> StartAsync(string url, StorageUrl storage, Verbosity verbosity, string tls, CancellationToken cancel)
    {
        CoordinatorNode node;
        try
        {
            node = await CoordinatorNode.StartAsync(
                new CoordinatorOptions { Storage = url, Port = 0, Hocon = $"{NodeHocon(verbosity)}\n{tls}" },
                verbosity == Verbosity.Verbose ? LogToStderr : null, cancel).ConfigureAwait(false);
        }
        catch (StorageRefusedException e) when (e.IsInUse)
        {
            throw new ArgumentException(
                $"--storage: {storage} is in use by a running coordinator; give that one's address, --storage optuna://HOST:PORT.", e);
        }

        try
        {
            return new StudyStorage(await node.ConnectAsync(Options(verbosity, tls: ""), cancel).ConfigureAwait(false), node, verbosity);
        }
        catch
        {
            await node.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static OptunaClientOptions Options(Verbosity verbosity, string tls) => new()
    {
        ConnectTimeout = Patience,
        // Akka's own logger writes to what is stderr by now.
        Hocon = (verbosity == Verbosity.Verbose
            ? """akka { loglevel = INFO, loggers = ["Akka.Event.DefaultLogger"], stdout-logger-class = "Akka.Event.StandardOutLogger" }"""
            : "akka { loglevel = OFF, stdout-loglevel = OFF }") + "\n" + tls,
    };

    // The node lives for one question: it need not wait for gossip before it may leave.
    private static string NodeHocon(Verbosity verbosity) => $$"""
        akka {
          loglevel = {{(verbosity == Verbosity.Verbose ? "INFO" : "WARNING")}}
          cluster {
            gossip-interval = 50ms
            leader-actions-interval = 50ms
            sharding.retry-interval = 50ms
          }
        }
        """;

    private static void LogToStderr(ILoggingBuilder logging) => logging
        .SetMinimumLevel(LogLevel.Information)
        .AddSimpleConsole(c => c.SingleLine = true)
        .Services.Configure<ConsoleLoggerOptions>(c => c.LogToStandardErrorThreshold = LogLevel.Trace);

    private static async Task<T> NamedAsync<T>(Task<T> found)
    {
        try
        {
            return await found.ConfigureAwait(false);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"--storage: {e.Message}", e);
        }
    }

    private static T Parse<T>(string url, Func<string, T> parse)
    {
        try
        {
            return parse(url);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"--storage: {e.Message}", e);
        }
    }
}
