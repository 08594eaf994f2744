using System.Net;
using System.Net.Sockets;
using Optuna.Testing.Processes;
using Optuna.Testing.Storage;

namespace Optuna.Bench;

/// <summary>What every route needs: Optuna's source tree for Python, a MariaDB server of this run's own, a folder.</summary>
internal sealed class Lab : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _optuna;
    private readonly string _python;
    private readonly DirectoryInfo _folder;

    private Lab(string optuna, string python, DirectoryInfo folder, MariaDbServer database) =>
        (_optuna, _python, _folder, Database) = (optuna, python, folder, database);

    public MariaDbServer Database { get; }

    public static async Task<Lab> OpenAsync(string optuna, string python, CancellationToken cancel) => new(
        CheckedTree(optuna), python, Directory.CreateTempSubdirectory("optuna-bench-"), await MariaDbServer.StartAsync(cancel).ConfigureAwait(false));

    /// <exception cref="ArgumentException">There is no Optuna with a gRPC storage in this folder.</exception>
    public static string CheckedTree(string folder)
    {
        if (folder.Length == 0)
            throw new ArgumentException("Give the folder of Optuna's source tree (4.2 or newer) with --optuna or OPTUNA_PY.");
        return File.Exists(Path.Combine(folder, "optuna", "storages", "_grpc", "client.py"))
            ? Path.GetFullPath(folder)
            : throw new ArgumentException($"'{folder}' is not a source tree of Optuna 4.2 or newer.");
    }

    /// <summary>One of our scripts, with Optuna's tree to import from. One thread of numerics each, as workers on one machine share it.</summary>
    public ProgramProcess Python(string name, string script, params string[] arguments) => ProgramProcess.StartCommand(
        name, _python, ["-u", Path.Combine(AppContext.BaseDirectory, "python", script), .. arguments], _folder.FullName,
        new Dictionary<string, string>
        {
            ["PYTHONPATH"] = _optuna,
            ["PYTHONDONTWRITEBYTECODE"] = "1",
            ["PYTHONWARNINGS"] = "ignore",
            ["OMP_NUM_THREADS"] = "1",
            ["OPENBLAS_NUM_THREADS"] = "1",
        });

    /// <param name="port">Of the actors; 0: a free one.</param>
    public async Task<Coordinator> CoordinatorAsync(string storage, int port = 0)
    {
        var process = ProgramProcess.Start(
            $"coordinator {port}", "optuna-coordinator.dll", ["--storage", storage, "--port", $"{port}", "--grpc", "127.0.0.1:0"], _folder.FullName);
        try
        {
            const string announced = "gRPC at ";
            var line = await process.LineAsync(l => l.Contains(announced, StringComparison.Ordinal), Patience).ConfigureAwait(false);
            return new Coordinator(process, line[(line.IndexOf(announced, StringComparison.Ordinal) + announced.Length)..].Split(' ', ',')[0]);
        }
        catch
        {
            await process.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A database of its own, as Optuna writes it.</summary>
    public async Task<string> OptunaDatabaseAsync(CancellationToken cancel) =>
        (await Database.CreateDatabaseAsync(cancel).ConfigureAwait(false)).Replace("mysql://", "mysql+pymysql://", StringComparison.Ordinal);

    /// <summary>So many different ports nobody listens at now, the lowest first.</summary>
    public static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(l => l.Start());
        int[] ports = [.. listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port).Order()];
        listeners.ForEach(l => l.Dispose());
        return ports;
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync().ConfigureAwait(false);
        _folder.Delete(recursive: true);
    }
}

/// <param name="Address">Of its storage service, as HOST:PORT.</param>
internal sealed record Coordinator(ProgramProcess Process, string Address);
