using System.Net;
using System.Net.Sockets;
using Optuna.Cluster.Client;
using Optuna.Coordinator.Hosting;
using Optuna.Studies;
using Optuna.Trials;
using Optuna.Worker.Hosting;

namespace Optuna.Tests.Browser;

/// <summary>A coordinator on a file of its own that serves the dashboard, and workers for it. It can be ended and started again at the same addresses.</summary>
public sealed class WatchedCluster : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optuna-dashboard-");
    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _workers = [];
    private readonly CoordinatorOptions _options;
    private CoordinatorNode? _node;

    private WatchedCluster(string hocon) => _options = new CoordinatorOptions
    {
        Storage = $"sqlite:///{Path.Combine(_folder.FullName, "studies.db")}", Port = FreePort(), Http = new IPEndPoint(IPAddress.Loopback, FreePort()),
        Hocon = hocon + $"\noptuna.artifacts.folder = \"{_folder.CreateSubdirectory("artifacts").FullName}\"",
    };

    public string Url => $"http://{_options.Http}";

    public static async Task<WatchedCluster> StartAsync(string hocon = "")
    {
        var cluster = new WatchedCluster(hocon);
        await cluster.StartNodeAsync();
        return cluster;
    }

    public async Task StartNodeAsync() => _node = await CoordinatorNode.StartAsync(_options);

    public async Task EndNodeAsync() => await _node!.DisposeAsync();

    public Task<OptunaClient> ConnectAsync() => _node!.ConnectAsync();

    /// <summary>Makes a study.</summary>
    public async Task StudyAsync(string name, StudyDirection[]? directions = null, string sampler = "random")
    {
        await using var client = await ConnectAsync();
        await client.CreateStudyAsync(name, directions, new ComponentSpec(sampler), new ComponentSpec("median"));
    }

    /// <summary>Two workers of two slots each, which go on until the cluster ends or the study is stopped.</summary>
    public void StartWorkers(string study, TimeSpan step)
    {
        for (var i = 0; i < 2; i++)
        {
            var worker = new WorkerNode(new WorkerOptions { Coordinator = $"optuna://127.0.0.1:{_options.Port}", Slots = 2 });
            _workers.Add(Task.Run(() => worker.RunAsync(study, new SlowBowl(step), _end.Token)));
        }
    }

    /// <summary>Puts finished trials into a study.</summary>
    public async Task AddAsync(string study, IEnumerable<FrozenTrial> trials)
    {
        await using var client = await ConnectAsync();
        var found = await client.LoadStudyAsync(study);
        foreach (var trial in trials)
            found.AddTrial(trial);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        // However they end: they were told to.
        await Task.WhenAll(_workers).ContinueWith(_ => { }, TaskScheduler.Default);
        await EndNodeAsync();
        _end.Dispose();
        _folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
