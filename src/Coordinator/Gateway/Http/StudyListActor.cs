using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using Optuna.Cluster.Protocol;
using Optuna.Coordinator.Studies;
using Optuna.Studies;

namespace Optuna.Coordinator.Gateway.Http;

/// <summary>Keeps every study in sum while somebody looks: each is asked once, and then only those that <see cref="StudyNews"/> of some coordinator tells of. The others may sleep.</summary>
/// <remarks>Once nobody has looked for <see cref="s_keptFor"/> it forgets them, and whoever comes next waits until each was asked.</remarks>
internal sealed class StudyListActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan s_keptFor = TimeSpan.FromMinutes(1), s_together = TimeSpan.FromMilliseconds(250);

    /// <summary>So many renewals of what it wants to hear, and then names are looked through: what came or went while nobody could say so.</summary>
    private const int NamesEvery = 12;

    private readonly HashSet<StudyId> _told = [];
    private readonly HashSet<IActorRef> _waiting = [];
    private readonly StudyDoor _door;
    private readonly CancellationToken _stopping;
    private ImmutableSortedDictionary<StudyId, StudySummary> _studies = ImmutableSortedDictionary.Create<StudyId, StudySummary>(Comparer<StudyId>.Create((a, b) => a.Value.CompareTo(b.Value)));
    private TaskCompletionSource _next = New();
    private long _looked;
    private int _renewals;
    private ImmutableArray<StudyId>? _asking;
    private bool _isKnown, _wantsNames;

    public StudyListActor(StudyDoor door, CancellationToken stopping)
    {
        (_door, _stopping) = (door, stopping);
        Receive<Look>(_ => OnLook());
        Receive<StudyChanged>(OnChanged);
        Receive<Renew>(_ => OnRenew());
        Receive<Ask>(_ => OnAsk());
        Receive<Asked>(OnAsked);
        Receive<Status.Failure>(OnFailed);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void OnLook()
    {
        _looked = TimeProvider.System.GetTimestamp();
        if (_isKnown)
        {
            Sender.Tell(new StudyList.Reading(_studies, _next.Task));
            return;
        }

        _waiting.Add(Sender);
        if (Timers.IsTimerActive(Renew.Instance))
            return;
        // First the ears, then the question: what changes in between is heard.
        Timers.StartPeriodicTimer(Renew.Instance, Renew.Instance, WatchStudy.For / 4);
        _renewals = 0;
        OnRenew();
    }

    private void OnRenew()
    {
        if (_waiting.Count == 0 && TimeProvider.System.GetElapsedTime(_looked) > s_keptFor)
        {
            Timers.CancelAll();
            _told.Clear();
            (_studies, _isKnown, _wantsNames) = (_studies.Clear(), false, false);
            return;
        }

        foreach (var member in Akka.Cluster.Cluster.Get(Context.System).State.Members.Where(m => m.HasRole(OptunaSystem.CoordinatorRole)))
            Context.ActorSelection(new RootActorPath(member.Address) / "user" / StudyNews.Path).Tell(WatchStudies.Instance);
        _wantsNames |= _renewals++ % NamesEvery == 0;
        OnAsk();
    }

    private void OnChanged(StudyChanged changed)
    {
        if (!Timers.IsTimerActive(Renew.Instance) || _studies.GetValueOrDefault(changed.Study)?.Version >= changed.Version)
            return;
        _told.Add(changed.Study);
        if (!Timers.IsTimerActive(Ask.Instance))
            Timers.StartSingleTimer(Ask.Instance, Ask.Instance, s_together);
    }

    private void OnAsk()
    {
        if (_asking is not null || (!_wantsNames && _told.Count == 0))
            return;
        _asking = [.. _told];
        AskAsync(_wantsNames, _asking.Value, _studies).PipeTo(Self);
        _told.Clear();
        _wantsNames = false;
    }

    private async Task<Asked> AskAsync(bool names, ImmutableArray<StudyId> told, ImmutableSortedDictionary<StudyId, StudySummary> studies)
    {
        HashSet<StudyId> asked = [.. told];
        if (names)
        {
            var there = await _door.StudiesAsync(_stopping).ConfigureAwait(false);
            asked.UnionWith(there.Where(s => !studies.ContainsKey(s)));
            studies = studies.RemoveRange(studies.Keys.Except(there));
        }

        var found = await _door.SummariesAsync(asked.OrderBy(s => s.Value), _stopping).ConfigureAwait(false);
        return new Asked(studies.RemoveRange(asked).AddRange(found.Select(s => KeyValuePair.Create(s.Id, s))));
    }

    private void OnAsked(Asked asked)
    {
        _asking = null;
        if (!Timers.IsTimerActive(Renew.Instance))
            return;
        (_studies, _isKnown) = (asked.Studies, true);
        Interlocked.Exchange(ref _next, New()).SetResult();
        Answer(new StudyList.Reading(_studies, _next.Task));
        OnAsk();
    }

    // Whoever waits for the first answer is told; the others have what was known, and it is asked again with the next renewal.
    private void OnFailed(Status.Failure failure)
    {
        _told.UnionWith(_asking ?? []);
        (_asking, _wantsNames) = (null, true);
        Answer(failure);
    }

    private void Answer(object answer)
    {
        foreach (var waiting in _waiting)
            waiting.Tell(answer);
        _waiting.Clear();
    }

    /// <summary>Answered with a <see cref="StudyList.Reading"/>.</summary>
    public sealed record Look : INoSerializationVerificationNeeded
    {
        public static readonly Look Instance = new();
    }

    private sealed record Renew : INoSerializationVerificationNeeded
    {
        public static readonly Renew Instance = new();
    }

    private sealed record Ask : INoSerializationVerificationNeeded
    {
        public static readonly Ask Instance = new();
    }

    private sealed record Asked(ImmutableSortedDictionary<StudyId, StudySummary> Studies) : INoSerializationVerificationNeeded;
}
