using Optuna.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Studies;

public sealed class LeaseTests
{
    [Fact]
    public void Everything_said_under_an_old_lease_is_refused()
    {
        var given = Given.AStudy(retries: 1);
        var old = given.Ask().Lease;
        given.Abandon(0, old);
        RefusesTheLost(given, old);
        given.Ask();
        RefusesTheLost(given, old);
        given.Tell(0, 1);
        RefusesTheLost(given, old);
        Assert.Equal(1, given.Trial(0).Value);
    }

    [Fact]
    public void A_trial_put_back_keeps_its_number_and_its_parameters_drawn_or_suggested()
    {
        var given = Given.AStudy(retries: 1);
        var first = given.Ask();
        TrialParam x = new("x", Given.Unit, 0.5), y = new("y", Given.Unit, 0.25);
        given.Send(new StudyCommands.RecordDrawn(0, [x, y]));
        given.Send(new StudyCommands.SuggestParam(0, first.Lease, "z", Given.Unit, [x], 0.75));
        given.Report(0, 0, 1);
        given.Send(new StudyCommands.SetTrialAttr(0, first.Lease, AttrKind.User, "k", "1"));
        given.Abandon(0, first.Lease);

        var waiting = given.Trial(0);
        Assert.Equal((TrialState.Waiting, null, "lost"), (waiting.State, waiting.DatetimeStart, waiting.Reason));
        Assert.Empty(waiting.Params);
        Assert.Empty(waiting.IntermediateValues);
        var again = given.Ask();
        Assert.Equal(0, again.Number);
        Assert.Equal([("x", 0.5), ("y", 0.25), ("z", 0.75)], again.Drawn.Select(p => (p.Name, p.Value)).Order());
        Assert.Equal("k", again.UserAttrs.Single().Key);
        Assert.Equal(0.75, given.Suggest(0, "z", Given.Unit).Value);
        given.Report(0, 0, 2);
        Assert.Equal(2, given.Trial(0).IntermediateValues[0]);
    }

    [Fact]
    public void A_fixed_value_is_fixed_again_after_the_trial_was_put_back()
    {
        var given = Given.AStudy(retries: 1);
        given.Enqueue("""{"x": 0.5}""");
        var first = given.Ask();
        given.Suggest(0, "x", Given.Unit);
        given.Abandon(0, first.Lease);
        var again = given.Ask();
        Assert.Equal(["x"], again.Fixed);
        Assert.Empty(again.Drawn);
        Assert.Equal(0.5, given.Suggest(0, "x", Given.Unit).Value);
    }

    [Fact]
    public void A_trial_lost_once_too_often_fails()
    {
        var given = Given.AStudy(retries: 2);
        for (var i = 0; i < 3; i++)
        {
            Assert.NotEqual(TrialState.Fail, given.State.TrialCount == 0 ? TrialState.Waiting : given.Trial(0).State);
            given.Abandon(0, given.Ask().Lease);
        }

        Assert.Equal((TrialState.Fail, "lost"), (given.Trial(0).State, given.Trial(0).Reason));
        Assert.Equal(1, given.State.Counts.Fail);
    }

    [Fact]
    public void A_trial_put_back_comes_before_a_new_one_but_after_older_waiting_ones()
    {
        var given = Given.AStudy(retries: 1);
        var first = given.Ask();
        var second = given.Ask();
        given.Abandon(1, second.Lease);
        given.Abandon(0, first.Lease);
        Assert.Equal([0, 1, 2], [given.Ask().Number, given.Ask().Number, given.Ask().Number]);
    }

    private static void RefusesTheLost(Given given, long lease)
    {
        given.Refused(Given.Suggesting(0, "x", Given.Unit, 0.5, lease), Rejection.LeaseLost);
        given.Refused(new StudyCommands.ReportValue(0, lease, 1, 1, []), Rejection.LeaseLost);
        given.Refused(new StudyCommands.SetTrialAttr(0, lease, AttrKind.User, "k", "1"), Rejection.LeaseLost);
        given.Refused(new StudyCommands.AbandonTrial(0, lease, "again"), Rejection.LeaseLost);
        given.Refused(Given.Telling(0, null, lease, 1.0), Rejection.LeaseLost);
    }
}
