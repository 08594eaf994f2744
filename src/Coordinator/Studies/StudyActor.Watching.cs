using Akka.Actor;
using Optuna.Cluster.Protocol;

namespace Optuna.Coordinator.Studies;

/// <content>How those who watch a study, and <see cref="StudyNews"/> of all, learn that it has changed, and when it may sleep.</content>
internal sealed partial class StudyActor
{
    private static readonly TimeSpan s_tellTogether = TimeSpan.FromMilliseconds(100);

    private readonly Watchers _watchers = new();
    private long _told;

    private StudyChanged Changed => new(_state.Id, _state.Version);

    // Told at once how things stand, also who asks again: that makes up for what was lost on the way.
    private void OnWatch()
    {
        _watchers.Add(Sender, Uptime);
        Sender.Tell(Changed, Self);
    }

    // Not at once: what changes within this time is told of together.
    private void TellWatchersSoon()
    {
        if (_told != _state.Version && !Timers.IsTimerActive(TellWatchers.Timer))
            Timers.StartSingleTimer(TellWatchers.Timer, TellWatchers.Instance, s_tellTogether);
    }

    private void OnTellWatchers()
    {
        _told = _state.Version;
        if (_watchers.Any(Uptime))
            _watchers.Tell(Changed, Self);
        Context.System.EventStream.Publish(Changed);
    }

    // A study whose trials are held by workers is not idle: their leases must be looked after. Nor is one that somebody watches.
    private void OnIdle()
    {
        if (_state.Counts.Running == 0 && !_watchers.Any(Uptime) && _writing is null && !_open.HasEvents)
            Context.Parent.Tell(new Akka.Cluster.Sharding.Passivate(PoisonPill.Instance));
    }

    private sealed record TellWatchers : INoSerializationVerificationNeeded, INotInfluenceReceiveTimeout
    {
        public const string Timer = "watchers";

        public static readonly TellWatchers Instance = new();
    }
}
