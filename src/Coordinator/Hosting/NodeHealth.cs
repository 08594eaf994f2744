using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using Microsoft.Extensions.Logging;
using Optuna.Coordinator.Storage;

namespace Optuna.Coordinator.Hosting;

/// <summary>Whether a coordinator lives, and whether it can serve: it is up in its cluster, its storage answers, its studies' region works.</summary>
internal sealed class NodeHealth(ActorSystem system, StorageUrl storage, ILoggerFactory logs)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // However often it is asked, the database is asked once in this time.
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(1);

    private readonly ILogger _log = logs.CreateLogger<NodeHealth>();
    private readonly Lock _lock = new();
    private Task<HealthReport>? _last;
    private long _asked;

    /// <summary>False once the actor system has ended: only a new process helps.</summary>
    public HealthReport Live() => new([("actors", system.WhenTerminated.IsCompleted ? "ended" : HealthReport.Good)]);

    public Task<HealthReport> ReadyAsync()
    {
        lock (_lock)
        {
            if (_last is null || TimeProvider.System.GetElapsedTime(_asked) > Kept)
                (_last, _asked) = (AskAsync(), TimeProvider.System.GetTimestamp());
            return _last;
        }
    }

    private async Task<HealthReport> AskAsync()
    {
        if (system.WhenTerminated.IsCompleted)
            return Live();
        var (storageState, studies) = (StorageAsync(), StudiesAsync());
        return new([("cluster", Cluster()), ("storage", await storageState.ConfigureAwait(false)), ("studies", await studies.ConfigureAwait(false))]);
    }

    private string Cluster()
    {
        var cluster = Akka.Cluster.Cluster.Get(system);
        if (cluster.SelfMember.Status != MemberStatus.Up)
            return cluster.SelfMember.Status.ToString().ToLowerInvariant();
        return cluster.State.Unreachable.Contains(cluster.SelfMember) ? "unreachable" : HealthReport.Good;
    }

    private async Task<string> StorageAsync()
    {
        try
        {
            await StorageProbe.AskAsync(storage).WaitAsync(Patience).ConfigureAwait(false);
            return HealthReport.Good;
        }
        catch (Exception e)
        {
            // What exactly is wrong is for the log: this page is open to everybody.
            _log.LogWarning("The storage {Storage} does not answer: {Reason}", storage, e.Message);
            return "unreachable";
        }
    }

    private async Task<string> StudiesAsync()
    {
        try
        {
            if (!ActorRegistry.For(system).TryGet<StudyRegion>(out var region))
                return "starting";
            await region.Ask<CurrentShardRegionState>(GetShardRegionState.Instance, Patience).ConfigureAwait(false);
            return HealthReport.Good;
        }
        catch (Exception e) when (e is AskTimeoutException or TaskCanceledException)
        {
            return "silent";
        }
    }
}
