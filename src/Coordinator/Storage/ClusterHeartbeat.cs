using Microsoft.Extensions.Logging;
using MySqlConnector;

namespace Optuna.Coordinator.Storage;

/// <summary>Keeps this node's row in the <see cref="ClusterDirectory"/> fresh, and removes it on a clean stop.</summary>
/// <remarks>
/// A founder starts it as soon as it may found; a node that joins starts it when it is Up and not before. A joining node
/// that called itself living could be the one the node it waits for is waiting for.
/// </remarks>
public sealed class ClusterHeartbeat : IAsyncDisposable
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);

    private readonly ClusterDirectory _directory;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<ClusterStanding> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _beating;

    /// <param name="interval">A few of them must fit into <see cref="BootstrapTiming.Freshness"/> and
    /// <see cref="BootstrapTiming.Settle"/>; 1 s suits the defaults.</param>
    public ClusterHeartbeat(ClusterDirectory directory, TimeSpan interval, TimeProvider clock, ILogger<ClusterHeartbeat> log)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        _directory = directory;
        _interval = interval;
        _clock = clock;
        _log = log;
    }

    /// <summary>
    /// Completes when this node has no place in the cluster any more, with the reason, and then beats no more: another
    /// process has entered itself at its address, or the others have gone on without it. Never completes otherwise.
    /// </summary>
    public Task<ClusterStanding> Lost => _lost.Task;

    /// <summary>Enters the row and goes on beating in the background; a database that is away is tried again each beat, also for the row.</summary>
    public async Task StartAsync(CancellationToken cancel = default)
    {
        if (_beating is not null)
            throw new InvalidOperationException("The heartbeat has been started before.");

        for (var wasAway = false; !await TryRegisterAsync(wasAway, cancel).ConfigureAwait(false); wasAway = true)
            await Task.Delay(_interval, _clock, cancel).ConfigureAwait(false);
        _beating = BeatAsync();
    }

    /// <summary>Stops beating and takes the row away, so that nobody tries to join a node that has left.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
            return;

        await _stop.CancelAsync().ConfigureAwait(false);
        if (_beating is not null)
        {
            await _beating.ConfigureAwait(false);
            try
            {
                using var farewell = new CancellationTokenSource(Farewell, _clock);
                await _directory.UnregisterAsync(farewell.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is MySqlException or OperationCanceledException)
            {
                _log.LogWarning(e, "{Address} could not be taken out of the directory of {Cluster}; its row will grow old by itself",
                    _directory.Address, _directory.Cluster);
            }
        }

        _stop.Dispose();
    }

    // A member of the cluster already: it must not end because the database is away for a moment.
    private async Task<bool> TryRegisterAsync(bool wasAway, CancellationToken cancel)
    {
        try
        {
            await _directory.RegisterAsync(cancel).ConfigureAwait(false);
            return true;
        }
        catch (MySqlException e) when (!cancel.IsCancellationRequested)
        {
            if (!wasAway)
                _log.LogWarning(e, "{Address} cannot be entered in the directory of {Cluster}; trying on", _directory.Address, _directory.Cluster);
            return false;
        }
    }

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(_interval, _clock);
        var wasAway = false;
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                try
                {
                    var standing = await _directory.HeartbeatAsync(_stop.Token).ConfigureAwait(false);
                    if (standing != ClusterStanding.Living)
                    {
                        _log.LogError("{Address} has no place in {Cluster} any more: {Standing}", _directory.Address, _directory.Cluster, standing);
                        _lost.TrySetResult(standing);
                        return;
                    }

                    if (wasAway)
                        _log.LogInformation("The directory of {Cluster} can be reached again", _directory.Cluster);
                    wasAway = false;
                }
                catch (Exception e) when (!_stop.IsCancellationRequested)
                {
                    // Whatever it is, a node that falls silent for good would be taken for dead. Said once per outage.
                    if (!wasAway)
                        _log.LogWarning(e, "The directory of {Cluster} cannot be reached; trying on", _directory.Cluster);
                    wasAway = true;
                }
            }
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // The stop, which may cut a beat short.
        }
    }
}
