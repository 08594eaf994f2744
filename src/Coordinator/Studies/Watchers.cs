using Akka.Actor;
using Optuna.Cluster.Protocol;
using Optuna.Studies;

namespace Optuna.Coordinator.Studies;

/// <summary>Who wants to be told that a study has changed. Nobody is watched in return: whoever does not ask again is forgotten.</summary>
internal sealed class Watchers(StudyId study)
{
    private readonly Dictionary<IActorRef, TimeSpan> _until = [];
    private long _told = -1;

    /// <summary>Somebody asks, perhaps again; told at once how things stand, which makes up for what was lost on the way.</summary>
    public void Add(IActorRef watcher, TimeSpan now, long version, IActorRef self)
    {
        _until[watcher] = now + WatchStudy.For;
        watcher.Tell(new StudyChanged(study, version), self);
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

    /// <summary>There is something to tell.</summary>
    public bool Waits(long version) => _until.Count > 0 && version != _told;

    public void Tell(long version, IActorRef self)
    {
        _told = version;
        foreach (var watcher in _until.Keys)
            watcher.Tell(new StudyChanged(study, version), self);
    }
}
