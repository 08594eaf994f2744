using System.Collections.Immutable;
using Akka.Actor;
using Optuna.Studies;

namespace Optuna.Coordinator.Gateway.Http;

/// <summary>Every study in sum, for those who look at all of them again and again.</summary>
internal sealed class StudyList : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly IActorRef _list;

    public StudyList(ActorSystem system, StudyDoor door)
    {
        var stopping = _stopping.Token;
        _list = system.ActorOf(Props.Create(() => new StudyListActor(door, stopping)));
    }

    /// <param name="Studies">By their number.</param>
    /// <param name="Next">Ends when something is different.</param>
    public sealed record Reading(ImmutableSortedDictionary<StudyId, StudySummary> Studies, Task Next);

    /// <summary>How all studies are, as far as their coordinators have told, which takes a fraction of a second.</summary>
    /// <exception cref="CoordinatorUnreachableException">A study could not be reached.</exception>
    public Task<Reading> ReadAsync(CancellationToken cancel) => _list.Ask<Reading>(StudyListActor.Look.Instance, Timeout.InfiniteTimeSpan, cancel);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _list.Tell(PoisonPill.Instance);
        _stopping.Dispose();
    }
}
