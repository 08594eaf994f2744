using System.Net;
using System.Net.Sockets;
using Optuna.Cluster.Client;
using Optuna.Testing.Processes;
using Optuna.Testing.Storage;
using Optuna.Tests.Storage;

namespace Optuna.Tests.Fleet;

/// <summary>A test of real programs: starts coordinators and workers, ends whatever is left, and shows what they printed if it fails.</summary>
/// <remarks>These tests run one after the other: they share few processors, and some of them measure time.</remarks>
[Collection("fleet")]
public abstract class FleetTest(DatabaseFixture database) : IAsyncDisposable
{
    /// <summary>For everything that happens in a moment on a machine with nothing else to do.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Nobody looks into them unless a test says so.
    private static readonly Dictionary<string, string> s_environment = new() { ["OPTUNA_PBM"] = "none", ["OPTUNA_HTTP"] = "none" };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optuna-fleet-");
    private readonly List<ProgramProcess> _programs = [];
    private readonly List<OptunaClient> _clients = [];

    protected string Folder => _folder.FullName;

    protected string SqliteStorage => $"sqlite:///{Path.Combine(Folder, "studies.db")}";

    /// <summary>The MariaDB server that all tests share.</summary>
    protected MariaDbServer Server => database.Server;

    protected Task<string> MariaDbStorageAsync() => Server.CreateDatabaseAsync();

    /// <summary>Starts a program without waiting for anything.</summary>
    protected ProgramProcess Run(string program, params string[] arguments)
    {
        var process = ProgramProcess.Start($"{program[7..]} {_programs.Count}", $"{program}.dll", arguments, Folder, s_environment);
        _programs.Add(process);
        return process;
    }

    /// <summary>Starts a program that is not ours, such as Python.</summary>
    protected ProgramProcess RunCommand(string name, string command, params string[] arguments)
    {
        var process = ProgramProcess.StartCommand($"{name} {_programs.Count}", command, arguments, Folder);
        _programs.Add(process);
        return process;
    }

    /// <summary>Starts a coordinator and waits until studies can be reached.</summary>
    /// <param name="port">0: a free one.</param>
    /// <param name="lease">As in HOCON. Short enough to be waited for, long enough for a busy machine.</param>
    /// <param name="more">Further HOCON.</param>
    /// <param name="http">Where its dashboard and API are.</param>
    protected async Task<Node> CoordinatorAsync(string storage, int port = 0, string lease = "3s", string more = "", string http = "none")
    {
        var hocon = WriteFile($"coordinator-{_programs.Count}.conf", $"optuna.study.lease = {lease}\n{more}");
        var process = Run("optuna-coordinator", "--storage", storage, "--port", $"{port}", "--grpc", "127.0.0.1:0", "--http", http, "--pbm", "0", "--hocon", hocon);
        const string ready = "optuna-coordinator listens at ";
        var line = await process.LineAsync(l => l.StartsWith(ready, StringComparison.Ordinal), Patience);
        return new Node(process, line[ready.Length..].Split(' ')[0], After(", gRPC at "), http == "none" ? "" : After(", HTTP at "), After(", pbm at "));

        string After(string words) => line[(line.IndexOf(words, StringComparison.Ordinal) + words.Length)..].Split(',', ' ')[0];
    }

    /// <summary>Free ports in rising order, for coordinators whose addresses must compare.</summary>
    protected static int[] Ports(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(l => l.Start());
        var ports = listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port).Order().ToArray();
        listeners.ForEach(l => l.Dispose());
        return ports;
    }

    protected ProgramProcess Worker(Node coordinator, string study, params string[] arguments) =>
        Run("optuna-worker", ["--coordinator", coordinator.Url, "--study", study, .. arguments]);

    protected async Task<OptunaClient> ClientAsync(Node coordinator)
    {
        var client = await OptunaClient.ConnectAsync(coordinator.Url, new OptunaClientOptions { ConnectTimeout = Patience });
        _clients.Add(client);
        return client;
    }

    protected string WriteFile(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>An objective of this assembly, as <c>--objective</c> names it.</summary>
    protected static string Objective<T>()
        where T : IObjective => $"{typeof(T).Assembly.Location}#{typeof(T).FullName}";

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var client in _clients)
            await client.DisposeAsync();
        foreach (var program in _programs)
            await program.DisposeAsync();
        if (TestContext.Current.TestState?.Result == TestResult.Failed)
            TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', _programs.Select(p => p.Text)));
        _folder.Delete(recursive: true);
    }

    /// <param name="Grpc">HOST:PORT of its storage service for Python.</param>
    /// <param name="Http">HOST:PORT of its dashboard and API.</param>
    /// <param name="Pbm">HOST:PORT of its command host.</param>
    protected sealed record Node(ProgramProcess Process, string Url, string Grpc, string Http, string Pbm)
    {
        public int Port => int.Parse(Url[(Url.LastIndexOf(':') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
    }
}
