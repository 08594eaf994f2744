using Optuna.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Studies;

public sealed class ReportAndAttrTests
{
    [Theory]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void Any_number_can_be_reported(double value)
    {
        var given = Given.AStudy();
        given.Ask();
        Assert.IsType<StudyReplies.Accepted>(given.Report(0, 3, value));
        Assert.Equal(value, given.Trial(0).IntermediateValues[3]);
        Assert.Equal(3, given.Trial(0).LastStep);
    }

    [Fact]
    public void The_first_value_of_a_step_counts()
    {
        var given = Given.AStudy();
        given.Ask();
        given.Report(0, 3, 1);
        given.SendInVain(new StudyCommands.ReportValue(0, 0, 3, 2, []));
        Assert.Equal(1, given.Trial(0).IntermediateValues[3]);
    }

    [Fact]
    public void A_negative_step_is_refused()
    {
        var given = Given.AStudy();
        given.Ask();
        Assert.Contains("'step'", given.Refused(new StudyCommands.ReportValue(0, 0, -1, 1, []), Rejection.InvalidValue).Sentence);
    }

    [Fact]
    public void Several_objectives_take_no_reports()
    {
        var given = Given.AStudy(StudyDirection.Minimize, StudyDirection.Minimize);
        given.Ask();
        given.Refused(new StudyCommands.ReportValue(0, 0, 1, 1, []), Rejection.WrongObjectiveCount);
    }

    [Fact]
    public void A_finished_trial_takes_no_report_and_no_attribute()
    {
        var given = Given.AStudy();
        given.Finished(1);
        given.Refused(new StudyCommands.ReportValue(0, 0, 1, 1, []), Rejection.TrialFinished);
        given.Refused(new StudyCommands.SetTrialAttr(0, 0, AttrKind.User, "k", "1"), Rejection.TrialFinished);
    }

    [Fact]
    public void Attributes_are_kept_as_they_came_and_the_last_counts()
    {
        var given = Given.AStudy();
        given.Ask();
        given.Send(new StudyCommands.SetTrialAttr(0, 0, AttrKind.User, "k", "1"));
        given.Send(new StudyCommands.SetTrialAttr(0, 0, AttrKind.User, "k", "[1,  2]"));
        given.SendInVain(new StudyCommands.SetTrialAttr(0, 0, AttrKind.User, "k", "[1,  2]"));
        given.Tell(0, 1);
        Assert.Equal([KeyValuePair.Create("k", "[1,  2]")], given.Trial(0).UserAttrs.AsEnumerable());
        Assert.Empty(given.Trial(0).SystemAttrs);
    }

    [Theory]
    [InlineData("k", "{")]
    [InlineData("k", "")]
    public void An_attribute_needs_JSON(string key, string json)
    {
        var given = Given.AStudy();
        given.Ask();
        given.Refused(new StudyCommands.SetTrialAttr(0, 0, AttrKind.User, key, json), Rejection.InvalidValue);
        given.Refused(new StudyCommands.SetStudyAttr(AttrKind.User, key, json), Rejection.InvalidValue);
    }

    [Fact]
    public void Study_attributes_of_users_and_of_the_system_are_apart()
    {
        var given = Given.AStudy();
        given.Send(new StudyCommands.SetStudyAttr(AttrKind.User, "k", "1"));
        given.Send(new StudyCommands.SetStudyAttr(AttrKind.System, "k", "2"));
        Assert.Equal(("1", "2"), (given.Summary.UserAttrs.Single().Value, given.Summary.SystemAttrs.Single().Value));
    }

    [Fact]
    public void Metric_names_are_one_per_objective()
    {
        var given = Given.AStudy(StudyDirection.Minimize, StudyDirection.Minimize);
        given.Refused(new StudyCommands.SetMetricNames(["loss"]), Rejection.InvalidValue);
        given.Send(new StudyCommands.SetMetricNames(["loss", "time"]));
        Assert.Equal(["loss", "time"], given.Summary.MetricNames.AsEnumerable());
        Assert.Equal("""["loss", "time"]""", given.Summary.SystemAttrs.Single(a => a.Key == "study:metric_names").Value);
    }
}
