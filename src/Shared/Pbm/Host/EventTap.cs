using System.Threading.Channels;
using Akka.Actor;

namespace Optuna.Cluster.Pbm.Host;

/// <summary>What an actor system says of itself, as a stream for one reader. A reader that is too slow misses some, and is told how many.</summary>
internal static class EventTap
{
    private const int Waiting = 1000;

    /// <summary>Reads until cancelled.</summary>
    /// <param name="subscribe">Makes an actor hear the events.</param>
    /// <param name="unsubscribe">Takes that back.</param>
    /// <param name="row">Writes one event.</param>
    /// <param name="missed">Writes how many were missed before the next one.</param>
    public static async Task ReadAsync<T>(
        ActorSystem system, Action<IActorRef> subscribe, Action<IActorRef> unsubscribe,
        Func<T, Task> row, Func<long, Task> missed, CancellationToken cancel)
    {
        long lost = 0;
        var queue = Channel.CreateBounded<T>(
            new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, _ => Interlocked.Increment(ref lost));
        var tap = system.ActorOf(Props.Create(() => new Ear<T>(subscribe, unsubscribe, queue.Writer)));
        try
        {
            await foreach (var item in queue.Reader.ReadAllAsync(cancel).ConfigureAwait(false))
            {
                if (Interlocked.Exchange(ref lost, 0) is var count and > 0)
                    await missed(count).ConfigureAwait(false);
                await row(item).ConfigureAwait(false);
            }
        }
        finally
        {
            system.Stop(tap);
        }
    }

    private sealed class Ear<T> : ReceiveActor
    {
        private readonly Action<IActorRef> _subscribe;
        private readonly Action<IActorRef> _unsubscribe;

        public Ear(Action<IActorRef> subscribe, Action<IActorRef> unsubscribe, ChannelWriter<T> queue)
        {
            (_subscribe, _unsubscribe) = (subscribe, unsubscribe);
            Receive<T>(item => queue.TryWrite(item));
            // Not every event is one somebody wants to read; none is worth a line about unhandled messages.
            ReceiveAny(_ => { });
        }

        protected override void PreStart() => _subscribe(Self);

        protected override void PostStop() => _unsubscribe(Self);
    }
}
