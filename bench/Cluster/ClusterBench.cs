using System.Diagnostics;
using System.Globalization;
using Optuna.Cluster.Client;
using Optuna.Studies;

namespace Optuna.Bench;

/// <summary>One coordinator process, and for every window a study and worker processes of its own.</summary>
internal sealed class ClusterBench : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(3);

    private readonly ClusterPlan _plan;
    private readonly BenchStorage _storage;
    private readonly Child _coordinator;
    private readonly string _url;
    private readonly OptunaClient _client;

    private ClusterBench(ClusterPlan plan, BenchStorage storage, Child coordinator, string url, OptunaClient client) =>
        (_plan, _storage, _coordinator, _url, _client) = (plan, storage, coordinator, url, client);

    public static async Task<ClusterBench> StartAsync(ClusterPlan plan, BenchStorage storage, string hocon, CancellationToken cancel)
    {
        string[] files = hocon.Length == 0 ? [] : ["--hocon", hocon];
        var coordinator = Child.Start("optuna-coordinator", ["--storage", storage.Url, "--port", "0", .. files]);
        try
        {
            var line = await coordinator.FirstLineAsync(cancel).ConfigureAwait(false);
            if (line.Split(' ').FirstOrDefault(w => w.StartsWith("optuna://", StringComparison.Ordinal)) is not { } url)
            {
                coordinator.MustLive();
                throw new OptunaException($"The coordinator said '{line}' instead of where it listens.");
            }

            var client = await OptunaClient.ConnectAsync(url, cancellationToken: cancel).ConfigureAwait(false);
            return new ClusterBench(plan, storage, coordinator, url, client);
        }
        catch
        {
            await coordinator.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <exception cref="OptunaException">A process of the cluster ended, or no trial came.</exception>
    public async Task<ClusterWindow> MeasureAsync(CancellationToken cancel)
    {
        var study = await _client.CreateStudyAsync(
            $"bench-{Guid.NewGuid():N}", sampler: new ComponentSpec(_plan.Sampler),
            pruner: new ComponentSpec(_plan.Reports > 0 ? "median" : "nop"), seed: 1, cancellationToken: cancel).ConfigureAwait(false);
        var workers = new List<Child>();
        try
        {
            for (var i = 0; i < _plan.Workers; i++)
                workers.Add(StartWorker(study.Name));
            await WaitForTrialsAsync(study, workers, cancel).ConfigureAwait(false);
            await Task.Delay(_plan.WarmUp, cancel).ConfigureAwait(false);
            return await WindowAsync(study, workers, cancel).ConfigureAwait(false);
        }
        finally
        {
            await Task.WhenAll(workers.Select(w => w.DisposeAsync().AsTask())).ConfigureAwait(false);
            if (!_coordinator.HasExited)
                await _client.DeleteStudyAsync(study.Name, CancellationToken.None).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync().ConfigureAwait(false);
        await _coordinator.DisposeAsync().ConfigureAwait(false);
    }

    private Child StartWorker(string study) => Child.Start(
        "optuna-worker",
        [
            "--coordinator", _url, "--study", study, "--slots", _plan.Slots.ToString(CultureInfo.InvariantCulture),
            "--objective", $"{typeof(BenchObjective).Assembly.Location}#{typeof(BenchObjective).FullName}",
        ],
        new Dictionary<string, string>
        {
            [BenchObjective.ParamsVariable] = _plan.Params.ToString(CultureInfo.InvariantCulture),
            [BenchObjective.ReportsVariable] = _plan.Reports.ToString(CultureInfo.InvariantCulture),
        });

    private async Task WaitForTrialsAsync(Study study, List<Child> workers, CancellationToken cancel)
    {
        // Every slot holds a trial: all workers are up and at work.
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var counts = (await study.GetSummaryAsync(cancel).ConfigureAwait(false)).Counts;
            if (counts.Running >= _plan.Workers * _plan.Slots * 0.9 && counts.Finished >= _plan.Workers * _plan.Slots)
                return;
            workers.ForEach(w => w.MustLive());
            _coordinator.MustLive();
            if (Stopwatch.GetElapsedTime(started) > StartPatience)
                throw new OptunaException($"After {StartPatience.TotalSeconds:0} s only {counts.Finished} trials are finished.");
            await Task.Delay(LookEvery, cancel).ConfigureAwait(false);
        }
    }

    private async Task<ClusterWindow> WindowAsync(Study study, List<Child> workers, CancellationToken cancel)
    {
        var commitsBefore = await _storage.CommitsAsync(cancel).ConfigureAwait(false);
        var before = Cpu(workers);
        var first = (await study.GetSummaryAsync(cancel).ConfigureAwait(false)).Counts;
        var started = Stopwatch.GetTimestamp();
        await Task.Delay(_plan.Window, cancel).ConfigureAwait(false);
        var last = (await study.GetSummaryAsync(cancel).ConfigureAwait(false)).Counts;
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var after = Cpu(workers);
        var commits = await _storage.CommitsAsync(cancel).ConfigureAwait(false) - commitsBefore;
        workers.ForEach(w => w.MustLive());
        _coordinator.MustLive();
        if (last.Fail > first.Fail)
            throw new OptunaException($"{last.Fail - first.Fail} trials failed while they were counted: the figure would mean nothing.");
        return new ClusterWindow(last.Finished - first.Finished, seconds, commits, after.ToDictionary(c => c.Key, c => c.Value - before[c.Key]));
    }

    private Dictionary<string, TimeSpan> Cpu(List<Child> workers)
    {
        var cpu = new Dictionary<string, TimeSpan>
        {
            ["coordinator"] = _coordinator.Cpu,
            ["workers"] = TimeSpan.FromTicks(workers.Sum(w => w.Cpu.Ticks)),
        };
        if (_storage.Server?.ProcessId is { } database)
        {
            using var process = Process.GetProcessById(database);
            cpu["database"] = process.TotalProcessorTime;
        }

        return cpu;
    }
}
