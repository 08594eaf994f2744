using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;
using Optuna.Studies;
using Optuna.Studies.Rules;

namespace Optuna.Coordinator.Gateway.Grpc;

/// <summary>
/// Keeps the leases of trials whose clients cannot: the storage protocol has no heartbeat, so a client lives as long as its connection does and
/// says something now and then. Off unless configured: whoever asks and tells by hand may take a week between the two.
/// </summary>
internal sealed class OrphanWatch : IDisposable
{
    private readonly ConcurrentDictionary<long, string> _trials = [];
    private readonly ConcurrentDictionary<string, long> _heard = [];
    private readonly StudyDoor _door;
    private readonly TimeSpan? _limit;
    private readonly Timer? _timer;

    public OrphanWatch(StudyDoor door, GrpcSettings settings)
    {
        (_door, _limit) = (door, settings.OrphanAfter);
        if (_limit is not null)
            _timer = new Timer(_ => Renew(), null, settings.Lease / 4, settings.Lease / 4);
    }

    /// <summary>Who holds the trials of this server's clients; nobody when they are not watched.</summary>
    public WorkerId Worker => _limit is null ? default : StorageRules.Clients;

    /// <summary>The trial is looked after by this connection from now on.</summary>
    public void Touch(long trial, string connection)
    {
        if (_limit is null)
            return;
        _trials[trial] = connection;
        Heard(connection);
    }

    public void Ended(long trial) => _trials.TryRemove(trial, out _);

    /// <summary>Kestrel's hook: runs as long as the connection is open.</summary>
    public async Task WhileOpen(ConnectionContext connection, Func<Task> next)
    {
        if (_limit is not null)
            _heard[connection.ConnectionId] = TimeProvider.System.GetTimestamp();
        try
        {
            await next().ConfigureAwait(false);
        }
        finally
        {
            _heard.TryRemove(connection.ConnectionId, out _);
        }
    }

    /// <summary>The connection said something.</summary>
    public void Heard(string connection)
    {
        if (_heard.TryGetValue(connection, out var before))
            _heard.TryUpdate(connection, TimeProvider.System.GetTimestamp(), before);
    }

    public void Dispose() => _timer?.Dispose();

    private void Renew()
    {
        foreach (var (trial, connection) in _trials)
        {
            if (_heard.TryGetValue(connection, out var heard) && TimeProvider.System.GetElapsedTime(heard) <= _limit
                && TrialIds.TryRead(trial, out var study, out var number))
                _door.Renew(study, StorageRules.Own(Worker, number), number);
            else
                _trials.TryRemove(trial, out _);
        }
    }
}
