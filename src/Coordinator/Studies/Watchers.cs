using Akka.Actor;
using Optuna.Cluster.Protocol;

namespace Optuna.Coordinator.Studies;

/// <summary>Who wants to be told of something. Nobody is watched in return: whoever does not ask again within <see cref="WatchStudy.For"/> is forgotten.</summary>
internal sealed class Watchers
{
    private readonly Dictionary<IActorRef, TimeSpan> _until = [];

    /// <summary>Somebody asks.</summary>
    /// <returns>Whether for the first time, or after having been forgotten.</returns>
    public bool Add(IActorRef watcher, TimeSpan now)
    {
        var isNew = !_until.TryGetValue(watcher, out var until) || until < now;
        _until[watcher] = now + WatchStudy.For;
        return isNew;
    }

    /// <summary>Whether anybody still watches.</summary>
    public bool Any(TimeSpan now)
    {
        if (_until.Count == 0)
            return false;
        foreach (var gone in _until.Where(w => w.Value < now).Select(w => w.Key).ToList())
            _until.Remove(gone);
        return _until.Count > 0;
    }

    public void Tell(object message, IActorRef self)
    {
        foreach (var watcher in _until.Keys)
            watcher.Tell(message, self);
    }
}
