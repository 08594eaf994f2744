using System.Collections.Concurrent;
using Akka.Actor;
using Optuna.Cluster.Protocol;
using Optuna.Studies;

namespace Optuna.Coordinator.Gateway.Http;

/// <summary>The readings of the studies that were asked for through this node lately; those somebody listens to are kept up to date by the studies themselves.</summary>
internal sealed class StudyFeeds : IAsyncDisposable
{
    private readonly StudyCopies<StudyFeed> _feeds;
    private readonly ConcurrentDictionary<StudyId, int> _listeners = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly StudyDoor _door;
    private readonly IActorRef _ear;

    public StudyFeeds(ActorSystem system, StudyDoor door)
    {
        _door = door;
        _feeds = new StudyCopies<StudyFeed>(id => new StudyFeed(id, door, _stopping.Token), isHeld: _listeners.ContainsKey);
        _ear = system.ActorOf(Props.Create(() => new Ear(this)));
    }

    /// <inheritdoc cref="StudyFeed.ReadAsync"/>
    public async Task<StudyReading> ReadAsync(StudyId study, CancellationToken cancel)
    {
        var feed = _feeds.Of(study);
        try
        {
            return await feed.ReadAsync(cancel).ConfigureAwait(false);
        }
        catch (ApiProblem) when (feed.IsGone)
        {
            _feeds.Forget(feed);
            throw;
        }
    }

    /// <summary>A study to listen to until the hold on it is disposed.</summary>
    public Listening Listen(StudyId study)
    {
        _listeners.AddOrUpdate(study, 1, (_, n) => n + 1);
        _door.Watch(study, _ear);
        return new Listening(this, study);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _ear.Tell(PoisonPill.Instance);
        _stopping.Dispose();
    }

    /// <summary>Somebody listens to a study.</summary>
    public sealed class Listening(StudyFeeds feeds, StudyId study) : IDisposable
    {
        private int _disposed;

        public StudyFeed Feed => feeds._feeds.Of(study);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 1)
                return;
            while (feeds._listeners.TryGetValue(study, out var count))
            {
                if (count > 1 ? feeds._listeners.TryUpdate(study, count - 1, count) : feeds._listeners.TryRemove(KeyValuePair.Create(study, count)))
                    return;
            }
        }
    }

    /// <summary>What studies tell this node's listeners.</summary>
    /// <remarks>It asks again and again, because a study that was moved, slept or restarted knows of nobody; an entity behind a shard region cannot be watched.</remarks>
    private sealed class Ear : ReceiveActor, IWithTimers
    {
        public Ear(StudyFeeds feeds)
        {
            Receive<StudyChanged>(changed => feeds._feeds.Find(changed.Study)?.Told(changed.Version));
            Receive<Again>(_ =>
            {
                foreach (var study in feeds._listeners.Keys)
                    feeds._door.Watch(study, Self);
            });
        }

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart() => Timers.StartPeriodicTimer("again", Again.Instance, WatchStudy.For / 4);

        private sealed record Again : INoSerializationVerificationNeeded
        {
            public static readonly Again Instance = new();
        }
    }
}
