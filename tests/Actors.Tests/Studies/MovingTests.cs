using Akka.Actor;
using Optuna.Cluster.Protocol;
using Optuna.Coordinator.Studies;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Tests.Studies;

/// <summary>What a study does when it goes to another node, and when its node has slept.</summary>
public sealed class MovingTests : StudyProbe
{
    [Fact]
    public async Task A_study_that_moves_answers_first_whoever_has_asked()
    {
        // Its parameters are drawn jointly, off the mailbox: the hardest to answer.
        var study = await CreatedStudy(sampler: "tpe");
        Watch(study);
        var asked = Enumerable.Range(0, 20).Select(i => Ask(study, $"w{i}")).ToList();

        study.Tell(StudyActor.MoveAway.Instance);

        await ExpectTerminatedAsync(study, TimeSpan.FromSeconds(10), cancellationToken: TestContext.Current.CancellationToken);
        var numbers = (await Task.WhenAll(asked)).Select(a => a.Number).ToList();
        Assert.Equal(Enumerable.Range(0, 20), numbers.Order());
        var trials = await Trials(Study());
        Assert.Equal(Enumerable.Range(0, 20), trials.Select(t => t.Number));
        Assert.All(trials, t => Assert.Equal(TrialState.Running, t.State));
    }

    [Fact]
    public async Task A_study_that_claims_its_journal_goes_on_from_where_it_was()
    {
        var settings = Defaults with { ClaimsJournal = true };
        var study = await CreatedStudy(settings);
        for (var value = 0; value < 3; value++)
        {
            await Send<StudyReplies.TrialTold>(study, Tell(await Ask(study), value));
            study = await Restarted(study, settings);
        }

        Assert.Equal([0, 1, 2], (await Trials(study)).Select(t => t.Value!.Value));
    }

    [Fact]
    public async Task A_study_that_was_overtaken_while_it_was_frozen_sends_no_worker_home()
    {
        var settings = Defaults with { ClaimsJournal = true };
        var frozen = await CreatedStudy(settings);
        await Send<StudyReplies.Accepted>(frozen, new StudyCommands.SetMode(StudyMode.Stopped));
        var ask = new StudyCommands.AskTrial(new WorkerId("w"), Guid.NewGuid(), 10);
        await Send<StudyReplies.NoTrialLeft>(frozen, ask);
        await Send<StudyReplies.Accepted>(Study(settings), new StudyCommands.SetMode(StudyMode.Running));

        await Assert.ThrowsAnyAsync<Exception>(() => frozen.Ask<Response>(new StudyRequest(new StudyId(1), 7, ask), TimeSpan.FromSeconds(1)));
        await Send<StudyReplies.TrialAsked>(frozen, ask);
    }

    [Fact]
    public void Workers_get_a_full_lease_anew_after_a_sleep_of_their_coordinator()
    {
        var lease = TimeSpan.FromSeconds(20);
        var book = new LeaseBook(lease);
        var state = new StudyState(new StudyId(1));
        var start = TimeSpan.FromHours(1);
        void Decide(IStudyCommand command)
        {
            foreach (var e in StudyRules.Decide(state, command, DateTimeOffset.UnixEpoch).Events)
                state.Apply(e);
        }

        Decide(new StudyCommands.CreateStudy("s", [StudyDirection.Minimize], new ComponentSpec("random"), new ComponentSpec("median"), 7, 3));
        Decide(new StudyCommands.AskTrial(new WorkerId("w"), Guid.NewGuid(), null));
        // Asleep from the second look on, for longer than the lease.
        var awake = start + TimeSpan.FromSeconds(2) + (2 * lease);
        Assert.Empty(book.Overdue(state, start));
        book.Heard(new WorkerId("w"), [0], start);
        Assert.Empty(book.Overdue(state, start + TimeSpan.FromSeconds(2)));
        Assert.Empty(book.Overdue(state, awake));

        // Awake, and still not a word.
        var now = awake;
        while (now - awake <= lease)
        {
            Assert.Empty(book.Overdue(state, now));
            now += TimeSpan.FromSeconds(2);
        }

        Assert.Equal(0, Assert.Single(book.Overdue(state, now)).Number);

        // Taken and given to the same worker before the next look: a full lease again.
        Decide(new StudyCommands.AbandonTrial(0, state.Live.Find(0)!.Lease, "lost"));
        Decide(new StudyCommands.AskTrial(new WorkerId("w"), Guid.NewGuid(), null));
        Assert.Empty(book.Overdue(state, now + TimeSpan.FromSeconds(2)));
    }
}
