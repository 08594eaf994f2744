using Akka.Actor;

namespace Optuna.Coordinator.Studies;

/// <content>How those who watch a study learn that it has changed, and when it may sleep.</content>
internal sealed partial class StudyActor
{
    private static readonly TimeSpan s_tellTogether = TimeSpan.FromMilliseconds(100);

    private readonly Watchers _watchers;

    // Not at once: what changes within this time is told of together.
    private void TellWatchersSoon()
    {
        if (_watchers.Waits(_state.Version) && !Timers.IsTimerActive(TellWatchers.Timer))
            Timers.StartSingleTimer(TellWatchers.Timer, TellWatchers.Instance, s_tellTogether);
    }

    private void OnTellWatchers()
    {
        if (_watchers.Any(Uptime) && _watchers.Waits(_state.Version))
            _watchers.Tell(_state.Version, Self);
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
