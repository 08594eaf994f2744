using Akka.Actor;
using Optuna.Cluster.Protocol;
using Optuna.Studies;

namespace Optuna.Coordinator.Studies;

/// <summary>Tells whoever wants to know which of this node's studies change, and wakes none for it.</summary>
/// <remarks>
/// One per coordinator, at <see cref="Path"/>. Studies say so on the node's event stream. What a watcher asks again for is told again, as far as it
/// changed lately; a new one is told of every study that changed here. Nobody's version goes back: what is told late is old, not wrong.
/// </remarks>
internal sealed class StudyNews : ReceiveActor
{
    public const string Path = "study-news";

    private readonly Dictionary<StudyId, (long Version, TimeSpan At)> _changed = [];
    private readonly Watchers _watchers = new();
    private readonly TimeProvider _clock;
    private readonly long _born;

    public StudyNews(TimeProvider clock)
    {
        (_clock, _born) = (clock, clock.GetTimestamp());
        Receive<StudyChanged>(OnChanged);
        Receive<WatchStudies>(_ => OnWatch());
    }

    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(StudyChanged));

    private TimeSpan Uptime => _clock.GetElapsedTime(_born);

    private void OnChanged(StudyChanged changed)
    {
        _changed[changed.Study] = (changed.Version, Uptime);
        if (_watchers.Any(Uptime))
            _watchers.Tell(changed, Self);
    }

    private void OnWatch()
    {
        var since = _watchers.Add(Sender, Uptime) ? TimeSpan.MinValue : Uptime - WatchStudy.For;
        foreach (var (study, (version, at)) in _changed)
        {
            if (at >= since)
                Sender.Tell(new StudyChanged(study, version), Self);
        }
    }
}
