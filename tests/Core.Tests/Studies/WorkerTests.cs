using Optuna.Studies;
using Optuna.Studies.Rules;
using Optuna.Studies.State;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Studies;

/// <summary>Who evaluated a trial is known as long as the trial is.</summary>
public sealed class WorkerTests
{
    [Fact]
    public void A_trial_names_its_worker_while_it_runs_and_after_its_end()
    {
        var given = Given.AStudy();
        foreach (var state in new[] { TrialState.Complete, TrialState.Pruned, TrialState.Fail })
        {
            var number = Ask(given, "host/1").Number;
            Assert.Equal("host/1", given.Trial(number).Worker);
            given.Tell(number, state, state == TrialState.Complete ? [1] : []);
            Assert.Equal("host/1", given.Trial(number).Worker);
        }
    }

    [Fact]
    public void A_trial_put_back_has_no_worker_until_the_next_and_keeps_its_last()
    {
        var given = Given.AStudy(retries: 1);
        given.Abandon(0, Ask(given, "first").Lease);
        Assert.Null(given.Trial(0).Worker);
        var second = Ask(given, "second").Lease;
        Assert.Equal("second", given.Trial(0).Worker);
        // Lost once more: it ends as a failure of whoever had it then.
        given.Abandon(0, second);
        Assert.Equal((TrialState.Fail, "second"), (given.Trial(0).State, given.Trial(0).Worker));
    }

    [Fact]
    public void A_new_attempt_is_nobodys_and_the_lost_trial_stays_its_workers()
    {
        var given = Given.AStudy(new RetryPolicy(1, AsNewTrial: true));
        given.Abandon(0, Ask(given, "lost").Lease);
        Assert.Equal(["lost", null], Workers(given.State));
    }

    [Fact]
    public void A_trial_that_nobody_held_names_nobody()
    {
        var given = Given.AStudy();
        given.Tell(Ask(given, "").Number, 1);
        given.Add(FrozenTrial.Create(value: 1));
        // Ended by hand from the queue, after its worker was lost.
        var waiting = Assert.IsType<StudyReplies.TrialAdded>(given.Send(new StorageCommands.CreateTrial(Guid.NewGuid(), new WorkerId("w"), new FrozenTrial { State = TrialState.Waiting }))).Number;
        given.Send(new StorageCommands.SetTrialState(Guid.NewGuid(), new WorkerId("w"), waiting, TrialState.Running, []));
        given.Send(new StorageCommands.SetTrialState(Guid.NewGuid(), new WorkerId("w"), waiting, TrialState.Waiting, []));
        given.Send(new StorageCommands.SetTrialState(Guid.NewGuid(), new WorkerId("w"), waiting, TrialState.Complete, [1]));
        Assert.All(Enumerable.Range(0, 3), n => Assert.Equal((TrialState.Complete, null), (given.Trial(n).State, given.Trial(n).Worker)));
    }

    [Fact]
    public void Trials_of_watched_storage_clients_have_one_worker_between_them()
    {
        var given = Given.AStudy();
        for (var n = 0; n < 2; n++)
        {
            given.Send(new StorageCommands.CreateTrial(Guid.NewGuid(), StorageRules.Clients, null));
            // Each has a lease of its own all the same.
            Assert.Equal($"grpc#{n}", given.State.Live.Find(n)!.Worker.Value);
            Assert.Equal("grpc", given.Trial(n).Worker);
            given.Send(new StorageCommands.SetTrialState(Guid.NewGuid(), StorageRules.Clients, n, TrialState.Complete, [n]));
        }

        Assert.Equal("grpc", given.Trial(1).Worker);
        // A worker may be called what it likes.
        given.Tell(Ask(given, "gpu#2").Number, 1);
        Assert.Equal("gpu#2", given.Trial(2).Worker);
    }

    [Fact]
    public void All_trials_of_a_worker_have_the_same_text()
    {
        var given = Given.AStudy();
        for (var n = 0; n < 2; n++)
            given.Tell(Ask(given, new string('w', 3)).Number, 1);
        Assert.Same(given.Trial(0).Worker, given.Trial(1).Worker);
    }

    [Fact]
    public void Replayed_restored_and_copied_studies_name_the_same_workers()
    {
        var given = Given.AStudy();
        foreach (var worker in new[] { "a", "", "b", "a" })
            given.Tell(Ask(given, worker).Number, 1);
        Ask(given, "c");
        var replayed = new StudyState(given.State.Id);
        foreach (var e in given.Events)
            replayed.Apply(e);
        var restored = StudyImages.Restore(given.State.Id, StudyImages.Take(given.State, 2), [StudyImages.Chunk(given.State, 0, 2)]);

        Assert.Equal(["a", null, "b", "a", "c"], Workers(replayed));
        Assert.Equal(["a", null, "b", "a", "c"], Workers(restored));
        // Nobody holds the copy of a running trial: nobody would renew its lease.
        var copy = Given.AStudy();
        for (var n = 0; n < 5; n++)
            copy.Add(given.Trial(n));
        Assert.Equal(["a", null, "b", "a", null], Workers(copy.State));
    }

    private static StudyReplies.TrialAsked Ask(Given given, string worker) =>
        Assert.IsType<StudyReplies.TrialAsked>(given.Send(new StudyCommands.AskTrial(new WorkerId(worker), Guid.NewGuid(), null)));

    private static IEnumerable<string?> Workers(StudyState state) => Enumerable.Range(0, state.TrialCount).Select(n => TrialReader.Read(state, n)!.Worker);
}
