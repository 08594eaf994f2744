using Optuna.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Studies;

public sealed class AskTests
{
    [Fact]
    public void Numbers_are_dense_from_zero()
    {
        var given = Given.AStudy();
        Assert.Equal([0, 1, 2], Enumerable.Range(0, 3).Select(_ => given.Ask().Number));
        Assert.All(Enumerable.Range(0, 3), n => Assert.Equal(TrialState.Running, given.Trial(n).State));
    }

    [Fact]
    public void A_trial_asked_for_again_with_its_request_is_given_again()
    {
        var given = Given.AStudy();
        var ask = new StudyCommands.AskTrial(Given.Worker, Guid.NewGuid(), null);
        var first = (StudyReplies.TrialAsked)given.Send(ask);
        given.Clock.Advance(TimeSpan.FromSeconds(1));
        var again = (StudyReplies.TrialAsked)given.SendInVain(ask);
        Assert.Equal((first.Number, first.Lease, first.StartedAt), (again.Number, again.Lease, again.StartedAt));
    }

    [Fact]
    public void A_request_repeated_after_its_trial_has_ended_gets_no_second_trial()
    {
        var given = Given.AStudy();
        var ask = new StudyCommands.AskTrial(Given.Worker, Guid.NewGuid(), null);
        given.Send(ask);
        given.Tell(0, 1);
        given.Refused(ask, Rejection.TrialFinished);
    }

    [Fact]
    public void A_request_whose_trial_was_put_back_is_given_it_again_under_a_new_lease()
    {
        var given = Given.AStudy(retries: 1);
        var ask = new StudyCommands.AskTrial(Given.Worker, Guid.NewGuid(), null);
        var first = (StudyReplies.TrialAsked)given.Send(ask);
        given.Abandon(first.Number, first.Lease);
        var again = (StudyReplies.TrialAsked)given.Send(ask);
        Assert.Equal(first.Number, again.Number);
        Assert.True(again.Lease > first.Lease);
    }

    [Fact]
    public void Two_askers_without_a_request_id_get_two_trials()
    {
        var given = Given.AStudy();
        Assert.NotEqual(given.Ask(Guid.Empty).Number, given.Ask(Guid.Empty).Number);
    }

    [Fact]
    public void Leases_grow()
    {
        var given = Given.AStudy();
        var leases = Enumerable.Range(0, 20).Select(_ => given.Ask().Lease).ToArray();
        Assert.Equal(leases.Order().Distinct(), leases);
        Assert.All(leases, l => Assert.True(l > 0));
    }

    [Fact]
    public void The_oldest_waiting_trial_is_given_before_a_new_one()
    {
        var given = Given.AStudy();
        given.Ask();
        given.Enqueue("""{"x": 0.5}""");
        given.Enqueue("""{"x": 0.25}""");
        var asked = given.Ask();
        Assert.Equal(1, asked.Number);
        Assert.Equal(["x"], asked.Fixed);
        Assert.Equal(2, given.Ask().Number);
        Assert.Equal(3, given.Ask().Number);
    }

    [Fact]
    public void A_waiting_trial_starts_when_it_is_asked_for()
    {
        var given = Given.AStudy();
        given.Enqueue("{}");
        Assert.Null(given.Trial(0).DatetimeStart);
        given.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(given.Clock.GetUtcNow(), given.Ask().StartedAt);
        Assert.Equal(given.Clock.GetUtcNow().UtcDateTime, given.Trial(0).DatetimeStart);
    }

    [Fact]
    public void The_budget_counts_running_and_finished_trials_but_not_waiting_ones()
    {
        var given = Given.AStudy();
        given.Enqueue("{}");
        given.Ask(budget: 2);
        given.Enqueue("{}");
        given.Ask(budget: 2);
        Assert.Equal(2, Assert.IsType<StudyReplies.NoTrialLeft>(given.SendInVain(new StudyCommands.AskTrial(Given.Worker, Guid.NewGuid(), 2))).Running);
        given.Tell(0, 1);
        Assert.Equal(1, Assert.IsType<StudyReplies.NoTrialLeft>(given.SendInVain(new StudyCommands.AskTrial(Given.Worker, Guid.NewGuid(), 2))).Running);
        Assert.Equal(2, given.Ask(budget: 3).Number);
    }

    [Fact]
    public void A_lost_trial_gives_its_place_in_the_budget_back()
    {
        var given = Given.AStudy(retries: 1);
        var lost = given.Ask(budget: 1);
        given.Abandon(lost.Number, lost.Lease);
        Assert.Equal(lost.Number, given.Ask(budget: 1).Number);
        Assert.IsType<StudyReplies.NoTrialLeft>(given.Send(new StudyCommands.AskTrial(Given.Worker, Guid.NewGuid(), 1)));
    }

    [Fact]
    public void A_study_that_does_not_exist_gives_nothing()
    {
        var state = new StudyState(new StudyId(3));
        var (reply, events) = StudyRules.Decide(state, new StudyCommands.AskTrial(Given.Worker, Guid.NewGuid(), null), default);
        Assert.Equal(Rejection.StudyNotFound, Assert.IsType<StudyReplies.Rejected>(reply).Code);
        Assert.Empty(events);
    }
}
