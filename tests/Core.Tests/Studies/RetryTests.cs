using Optuna.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Studies;

/// <summary>What a study makes of a lost trial when it was made with more than a limit; the limit alone is in <see cref="LeaseTests"/>.</summary>
public sealed class RetryTests
{
    [Fact]
    public void A_trial_put_back_keeps_its_reports_and_rungs_if_the_study_says_so()
    {
        var given = Given.AStudy(new RetryPolicy(1, InheritIntermediateValues: true));
        var first = given.Ask();
        given.Report(0, 0, 1);
        given.Report(0, 1, 2);
        given.Send(new StudyCommands.SetTrialAttr(0, first.Lease, AttrKind.System, "completed_rung_0", "2.0"));
        given.Abandon(0, first.Lease);

        Assert.Equal([(0L, 1.0), (1L, 2.0)], given.Trial(0).IntermediateValues.Select(r => (r.Key, r.Value)));
        var again = given.Ask();
        Assert.Equal("completed_rung_0", again.SystemAttrs.Single().Key);
        // A step reported before stays as it was, as for any trial.
        given.Report(0, 1, 9);
        given.Report(0, 2, 3);
        Assert.Equal([1.0, 2.0, 3.0], given.Trial(0).IntermediateValues.Values);
    }

    [Fact]
    public void Optunas_way_fails_the_trial_and_queues_a_new_one_with_its_parameters_and_attributes()
    {
        var given = Given.AStudy(new RetryPolicy(3, AsNewTrial: true));
        var first = given.Ask();
        given.Suggest(0, "x", Given.Unit, 0.25);
        given.Report(0, 0, 1);
        given.Send(new StudyCommands.SetTrialAttr(0, first.Lease, AttrKind.User, "k", "1"));
        given.Send(new StudyCommands.SetTrialAttr(0, first.Lease, AttrKind.System, "completed_rung_0", "2.0"));
        given.Abandon(0, first.Lease);

        Assert.Equal((TrialState.Fail, "lost"), (given.Trial(0).State, given.Trial(0).Reason));
        var attempt = given.Trial(1);
        Assert.Equal((TrialState.Waiting, 0.25), (attempt.State, attempt.Params["x"]));
        Assert.Equal("k", attempt.UserAttrs.Single().Key);
        Assert.Equal([("failed_trial", "0"), ("retry_history", "[0]")], attempt.SystemAttrs.Select(a => (a.Key, a.Value)).Order());
        Assert.Empty(attempt.IntermediateValues);
        Assert.Equal(1, given.Ask().Number);
        Assert.Equal(0.25, given.Suggest(1, "x", Given.Unit).Value);
    }

    [Fact]
    public void A_chain_of_attempts_names_the_first_and_all_and_ends_at_the_limit()
    {
        var given = Given.AStudy(new RetryPolicy(2, AsNewTrial: true));
        for (var number = 0; number < 3; number++)
            given.Abandon(number, given.Ask().Lease);

        Assert.Equal(3, given.State.TrialCount);
        Assert.Equal(3, given.State.Counts.Fail);
        Assert.Null(Retries.RetriedTrialNumber(given.Trial(0)));
        Assert.Empty(Retries.RetryHistory(given.Trial(0)));
        Assert.Equal(0, Retries.RetriedTrialNumber(given.Trial(2)));
        Assert.Equal([0, 1], Retries.RetryHistory(given.Trial(2)));
    }

    [Fact]
    public void A_new_attempt_inherits_reports_and_rungs_if_the_study_says_so()
    {
        var given = Given.AStudy(new RetryPolicy(1, InheritIntermediateValues: true, AsNewTrial: true));
        var first = given.Ask();
        given.Report(0, 4, 1);
        given.Send(new StudyCommands.SetTrialAttr(0, first.Lease, AttrKind.System, "completed_rung_0", "2.0"));
        given.Abandon(0, first.Lease);

        Assert.Equal(1, given.Trial(1).IntermediateValues[4]);
        Assert.Contains(given.Trial(1).SystemAttrs, a => a.Key == "completed_rung_0");
    }

    [Fact]
    public void A_budget_counts_the_failed_trial_and_its_new_attempt()
    {
        var given = Given.AStudy(new RetryPolicy(3, AsNewTrial: true));
        given.Abandon(0, given.Ask(budget: 2).Lease);
        Assert.Equal(1, given.Ask(budget: 2).Number);
        given.Tell(1, 1);

        Assert.IsType<StudyReplies.NoTrialLeft>(given.Send(new StudyCommands.AskTrial(Given.Worker, Guid.NewGuid(), 2)));
    }

    [Fact]
    public void Without_a_retry_a_lost_trial_fails_at_once_in_either_way()
    {
        foreach (var policy in new[] { new RetryPolicy(0), new RetryPolicy(0, AsNewTrial: true) })
        {
            var given = Given.AStudy(policy);
            given.Abandon(0, given.Ask().Lease);
            Assert.Equal((1, 1), (given.State.TrialCount, given.State.Counts.Fail));
        }
    }
}
