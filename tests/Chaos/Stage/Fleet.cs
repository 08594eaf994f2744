using System.Collections.Concurrent;
using System.Collections.Immutable;
using Optuna.Chaos.Workers;
using Optuna.Cluster.Client;
using Optuna.Testing.Processes;

namespace Optuna.Chaos.Stage;

/// <summary>Coordinators and workers as real processes under a supervisor, each on a node of its own.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    // Exit codes: told to end (before it could listen to that), killed, put out by the cluster; not come up, or told to end on the way.
    private const int Asked = 0, AskedEarly = 143, Killed = 137, PutOut = 3, Refused = 2, Cancelled = 130;

    private const string Ready = "optuna-coordinator listens at ";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly ConcurrentQueue<string> _complaints = [];
    private readonly ConcurrentDictionary<string, int> _budgets = [];
    private readonly Place _place;
    private readonly string _hocon;
    private OptunaClient? _client;

    public Fleet(ChaosPlan plan, Place place)
    {
        _place = place;
        _hocon = Path.Combine(place.Folder, "coordinator.conf");
        // A lease that faults can outlast, and patience with a busy machine; all else as shipped.
        File.WriteAllText(_hocon, "optuna.study.lease = 5s\noptuna.start-timeout = 5m\n");
        Coordinators = [.. Enumerable.Range(0, plan.Coordinators).Select(Coordinator)];
        Lanes = [.. Enumerable.Range(0, plan.Studies).Select(i => new Lane(i, plan.Seed, _budgets, () => _client!))];
        Workers = [.. Enumerable.Range(0, plan.Workers).Select(i => Worker(i, Lanes[i % Lanes.Length]))];
        Clocks = Coordinators.Concat(Workers).ToDictionary(p => p.Name, p => new FalseClock(place.Folder, p.Name));
    }

    public ImmutableArray<Supervised> Coordinators { get; }

    public ImmutableArray<Supervised> Workers { get; }

    public ImmutableArray<Lane> Lanes { get; }

    public IReadOnlyDictionary<string, FalseClock> Clocks { get; }

    public IReadOnlyDictionary<string, int> Budgets => _budgets;

    /// <summary>What a program did that none may do, whatever happens to it.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    public OptunaClient Client => _client!;

    /// <summary>Completes when every lane was closed and its last study is spent.</summary>
    public Task Done => Task.WhenAll(Workers.Select(w => w.Done));

    public async Task StartAsync(CancellationToken cancel)
    {
        foreach (var coordinator in Coordinators)
            coordinator.Start();
        _client = await OptunaClient.ConnectAsync(_place.Url, new OptunaClientOptions { ConnectTimeout = Patience, RequestTimeout = null, Hostname = _place.ClientAddress }, cancel);
        foreach (var worker in Workers)
            worker.Start();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var program in Workers.Concat(Coordinators))
            program.Stop();
        if (_client is not null)
            await _client.DisposeAsync();
        foreach (var program in Workers.Concat(Coordinators))
            await program.DisposeAsync();
    }

    private Supervised Coordinator(int number)
    {
        var name = $"c{number}";
        return new Supervised(
            name,
            () => Task.FromResult<ProgramProcess?>(_place.Start(name, Clocks[name],
            [
                ProgramProcess.Beside("optuna-coordinator.dll"), "--storage", _place.Storage, "--hostname", _place.CoordinatorAddress(number).Host,
                "--port", $"{_place.CoordinatorAddress(number).Port}", "--grpc", "none", "--http", "none", "--hocon", _hocon,
            ])),
            (process, byUs) => Ended(process, byUs, [Asked, AskedEarly, Killed, PutOut]));
    }

    private Supervised Worker(int number, Lane lane)
    {
        var name = $"w{number}";
        var (study, spent) = ((string?)null, (string?)null);
        return new Supervised(
            name,
            async () =>
            {
                if (await lane.NextAsync(spent) is not { } next)
                    return null;
                study = next.Study;
                return _place.Start(name, Clocks[name],
                [
                    ProgramProcess.Beside("Chaos.dll"), "worker", "--coordinator", _place.Url, "--study", next.Study, "--budget", $"{next.Budget}",
                    "--log", Path.Combine(_place.Folder, $"acknowledged-{name}.jsonl"),
                ]);
            },
            (process, byUs) =>
            {
                spent = process.ExitCode == Asked ? study : null;
                Ended(process, byUs, [Asked, Killed]);
            });
    }

    /// <summary>Every result any worker was acknowledged.</summary>
    public IEnumerable<AcknowledgedResult> Acknowledged() => Directory.GetFiles(_place.Folder, "acknowledged-*.jsonl")
        .SelectMany(file => AcknowledgedResult.Read(File.ReadAllText(file)));

    private void Ended(ProgramProcess process, bool byUs, int[] expected)
    {
        File.AppendAllText(Path.Combine(_place.Folder, $"{process.Name}.log"), $"{process.Text}\n  [{process.Name}] exit code {process.ExitCode}\n");
        // A coordinator that never came up found no cluster or no database in its time or was told to end meanwhile, and says so.
        var cameUp = process.Name[0] == 'w' || process.Lines.Any(l => l.StartsWith(Ready, StringComparison.Ordinal));
        if (!byUs && !expected.Contains(process.ExitCode) && (cameUp || process.ExitCode is not (Refused or Cancelled)))
            _complaints.Enqueue($"{process.Name} ended with exit code {process.ExitCode}: {process.Lines.LastOrDefault()}");
    }
}
