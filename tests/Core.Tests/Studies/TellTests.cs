using Optuna.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Studies;

public sealed class TellTests
{
    [Fact]
    public void A_value_completes_the_trial()
    {
        var given = Given.AStudy();
        given.Ask();
        given.Clock.Advance(TimeSpan.FromSeconds(5));
        var told = given.Tell(0, 1.5);
        Assert.Equal((TrialState.Complete, null), (told.State, told.Warning));
        Assert.Equal(1.5, given.Trial(0).Value);
        Assert.Equal(TimeSpan.FromSeconds(5), given.Trial(0).Duration);
    }

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Infinite_values_are_fine(double value)
    {
        var given = Given.AStudy();
        Assert.Equal(value, given.Trial(given.Finished(value)).Value);
    }

    [Theory]
    [InlineData]
    [InlineData(double.NaN)]
    [InlineData(1.0, 2.0)]
    public void Without_a_state_wrong_values_fail_the_trial_with_a_warning(params double[] values)
    {
        var given = Given.AStudy();
        given.Ask();
        var told = given.Tell(0, values);
        Assert.Equal(TrialState.Fail, told.State);
        Assert.NotNull(told.Warning);
        Assert.Empty(given.Trial(0).Values);
        Assert.Equal(told.Warning, given.Trial(0).Reason);
    }

    [Theory]
    [InlineData]
    [InlineData(double.NaN)]
    [InlineData(1.0, 2.0)]
    public void As_complete_wrong_values_are_refused(params double[] values)
    {
        var given = Given.AStudy();
        given.Ask();
        given.Refused(Given.Telling(0, TrialState.Complete, 0, values), Rejection.InvalidValue);
        given.Tell(0, TrialState.Complete, 1.0);
    }

    [Theory]
    [InlineData(TrialState.Pruned)]
    [InlineData(TrialState.Fail)]
    public void Pruned_and_failed_trials_take_no_values(TrialState state)
    {
        var given = Given.AStudy();
        given.Ask();
        given.Refused(Given.Telling(0, state, 0, 1.0), Rejection.InvalidValue);
        Assert.Equal(state, given.Tell(0, state).State);
    }

    [Theory]
    [InlineData(TrialState.Running)]
    [InlineData(TrialState.Waiting)]
    [InlineData((TrialState)9)]
    public void Other_states_cannot_be_told(TrialState state)
    {
        var given = Given.AStudy();
        given.Ask();
        given.Refused(Given.Telling(0, state, 0, 1.0), Rejection.InvalidValue);
    }

    [Fact]
    public void A_pruned_trial_gets_the_value_of_its_largest_step()
    {
        var given = Given.AStudy();
        given.Ask();
        given.Report(0, 5, 50);
        given.Report(0, 2, 20);
        Assert.Equal(50, given.Tell(0, TrialState.Pruned).Values.Single());
    }

    [Fact]
    public void A_pruned_trial_has_no_value_when_its_last_report_is_NaN_or_there_is_none()
    {
        var given = Given.AStudy();
        given.Ask();
        given.Report(0, 1, 10);
        given.Report(0, 2, double.NaN);
        given.Tell(0, TrialState.Pruned);
        Assert.Empty(given.Trial(0).Values);
        given.Ask();
        given.Tell(1, TrialState.Pruned);
        Assert.Null(given.Trial(1).Value);
    }

    [Fact]
    public void A_waiting_trial_cannot_be_told()
    {
        var given = Given.AStudy();
        given.Enqueue("{}");
        given.Refused(Given.Telling(0, null, 0, 1.0), Rejection.TrialNotRunning);
    }

    [Fact]
    public void An_unknown_trial_cannot_be_told() =>
        Given.AStudy().Refused(Given.Telling(0, null, 0, 1.0), Rejection.TrialNotFound);

    [Fact]
    public void A_trial_told_twice_by_number_is_refused_and_changes_nothing()
    {
        var given = Given.AStudy();
        given.Finished(1);
        given.Refused(Given.Telling(0, null, 0, 1.0), Rejection.TrialFinished);
        Assert.Equal(1, given.Trial(0).Value);
    }

    [Fact]
    public void Skip_if_finished_answers_the_result_as_it_stands()
    {
        var given = Given.AStudy();
        given.Finished(1);
        var told = Assert.IsType<StudyReplies.TrialTold>(given.SendInVain(Given.Telling(0, TrialState.Fail) with { SkipIfFinished = true }));
        Assert.Equal((TrialState.Complete, 1.0), (told.State, told.Values.Single()));
    }

    [Theory]
    [InlineData(null, 1.0)]
    [InlineData(null, double.NaN)]
    [InlineData(TrialState.Complete, 1.0)]
    [InlineData(TrialState.Pruned)]
    [InlineData(TrialState.Fail)]
    public void The_holder_may_repeat_its_tell(TrialState? state, params double[] values)
    {
        var given = Given.AStudy();
        var tell = Given.Telling(0, state, given.Ask().Lease, values);
        var first = Assert.IsType<StudyReplies.TrialTold>(given.Send(tell));
        var again = Assert.IsType<StudyReplies.TrialTold>(given.SendInVain(tell));
        Assert.Equal(first.State, again.State);
        Assert.Equal(first.Values.AsEnumerable(), again.Values);
    }

    [Fact]
    public void The_holder_may_not_change_its_mind()
    {
        var given = Given.AStudy();
        var lease = given.Ask().Lease;
        given.Send(Given.Telling(0, null, lease, 1.0));
        given.Refused(Given.Telling(0, null, lease, 2.0), Rejection.TrialFinished);
        given.Refused(Given.Telling(0, TrialState.Fail, lease), Rejection.TrialFinished);
    }

    [Fact]
    public void A_result_that_comes_after_the_trial_was_failed_as_lost_is_refused()
    {
        var given = Given.AStudy();
        var lease = given.Ask().Lease;
        given.Abandon(0, lease);
        given.Refused(Given.Telling(0, null, lease, 1.0), Rejection.TrialFinished);
    }

    [Fact]
    public void Several_objectives_need_as_many_values()
    {
        var given = Given.AStudy(StudyDirection.Minimize, StudyDirection.Maximize);
        given.Ask();
        given.Refused(Given.Telling(0, TrialState.Complete, 0, 1.0), Rejection.InvalidValue);
        given.Refused(Given.Telling(0, TrialState.Complete, 0, 1.0, double.NaN), Rejection.InvalidValue);
        Assert.Equal([1.0, 2.0], given.Tell(0, 1, 2).Values.AsEnumerable());
    }
}
