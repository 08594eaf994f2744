using Optuna.Distributions;
using Optuna.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Studies;

public sealed class SuggestTests
{
    private static readonly IntDistribution s_int = new(0, 10);

    [Fact]
    public void A_value_must_be_drawn_first()
    {
        var given = Given.AStudy();
        given.Ask();
        Assert.IsType<StudyReplies.SampleNeeded>(given.SendInVain(Given.Suggesting(0, "x", Given.Unit)));
        Assert.Equal(0.5, given.Suggest(0, "x", Given.Unit, 0.5).Value);
        Assert.Equal(0.5, given.Trial(0).Params["x"]);
    }

    [Fact]
    public void A_parameter_keeps_its_first_value()
    {
        var given = Given.AStudy();
        given.Ask();
        given.Suggest(0, "x", Given.Unit, 0.5);
        var again = Assert.IsType<StudyReplies.ParamSuggested>(given.SendInVain(Given.Suggesting(0, "x", Given.Unit, 0.75)));
        Assert.Equal((0.5, null), (again.Value, again.Warning));
    }

    [Fact]
    public void Another_range_of_the_same_kind_keeps_the_value_and_warns()
    {
        var given = Given.AStudy();
        given.Ask();
        given.Suggest(0, "x", Given.Unit, 0.5);
        var again = Assert.IsType<StudyReplies.ParamSuggested>(given.SendInVain(Given.Suggesting(0, "x", new FloatDistribution(2, 3))));
        Assert.Equal(0.5, again.Value);
        Assert.Contains("'x'", again.Warning);
    }

    [Fact]
    public void Another_kind_is_refused_within_the_trial_and_within_the_study()
    {
        var given = Given.AStudy();
        given.Ask();
        given.Ask();
        given.Suggest(0, "x", Given.Unit, 0.5);
        foreach (var number in new[] { 0, 1 })
        {
            given.Refused(Given.Suggesting(number, "x", s_int, 5), Rejection.IncompatibleDistribution);
            given.Refused(Given.Suggesting(number, "x", new FloatDistribution(0.5, 1, log: true), 0.5), Rejection.IncompatibleDistribution);
            given.Refused(Given.Suggesting(number, "x", new CategoricalDistribution("a", "b"), 0), Rejection.IncompatibleDistribution);
        }
    }

    [Fact]
    public void Other_choices_are_another_kind()
    {
        var given = Given.AStudy();
        given.Ask();
        given.Ask();
        given.Suggest(0, "c", new CategoricalDistribution("a", "b"), 1);
        given.Refused(Given.Suggesting(1, "c", new CategoricalDistribution("b", "a"), 1), Rejection.IncompatibleDistribution);
        given.Suggest(1, "c", new CategoricalDistribution("a", "b"), 0);
    }

    [Fact]
    public void A_range_may_move_from_trial_to_trial()
    {
        var given = Given.AStudy();
        given.Ask();
        given.Ask();
        given.Suggest(0, "x", Given.Unit, 0.5);
        Assert.Equal(7, given.Suggest(1, "x", new FloatDistribution(5, 9), 7).Value);
        Assert.Equal(new FloatDistribution(5, 9), given.Trial(1).Distributions["x"]);
    }

    [Fact]
    public void A_fixed_value_comes_before_the_sampler()
    {
        var given = Given.AStudy();
        given.Enqueue("""{"x": 0.125}""");
        given.Ask();
        var got = given.Suggest(0, "x", Given.Unit, 0.75);
        Assert.Equal((0.125, null), (got.Value, got.Warning));
    }

    [Fact]
    public void A_fixed_value_out_of_range_is_used_with_a_warning()
    {
        var given = Given.AStudy();
        given.Enqueue("""{"x": 7.5}""");
        given.Ask();
        var got = given.Suggest(0, "x", Given.Unit);
        Assert.Equal(7.5, got.Value);
        Assert.Contains("out of range", got.Warning);
    }

    [Fact]
    public void A_fixed_value_that_is_no_choice_is_refused()
    {
        var given = Given.AStudy();
        given.Enqueue("""{"c": "z"}""");
        given.Ask();
        var refusal = given.Refused(Given.Suggesting(0, "c", new CategoricalDistribution("a", "b")), Rejection.InvalidValue);
        Assert.Contains("'c'", refusal.Sentence);
    }

    [Fact]
    public void A_single_value_needs_no_sampler()
    {
        var given = Given.AStudy();
        given.Ask();
        Assert.Equal(3, given.Suggest(0, "x", new FloatDistribution(3, 3)).Value);
        Assert.Equal(0, given.Suggest(0, "c", new CategoricalDistribution("only")).Value);
    }

    [Fact]
    public void A_drawn_value_is_used_when_it_lies_in_the_asked_range_and_drawn_anew_when_not()
    {
        var given = Given.AStudy();
        given.Ask();
        given.Send(new StudyCommands.RecordDrawn(0, [new TrialParam("x", Given.Unit, 0.5), new TrialParam("y", Given.Unit, 0.5)]));
        Assert.Empty(given.Trial(0).Params);
        Assert.Equal(0.5, given.Suggest(0, "x", new FloatDistribution(0, 0.6)).Value);
        Assert.IsType<StudyReplies.SampleNeeded>(given.Send(Given.Suggesting(0, "y", new FloatDistribution(0.6, 1))));
    }

    [Fact]
    public void What_was_drawn_stays_when_it_is_drawn_again()
    {
        var given = Given.AStudy();
        given.Ask();
        var first = new StudyCommands.RecordDrawn(0, [new TrialParam("x", Given.Unit, 0.5)]);
        given.Send(first);
        given.SendInVain(first);
        given.Send(new StudyCommands.RecordDrawn(0, [new TrialParam("x", Given.Unit, 0.75), new TrialParam("y", Given.Unit, 0.25)]));
        Assert.Equal([0.5, 0.25], [given.Suggest(0, "x", Given.Unit).Value, given.Suggest(0, "y", Given.Unit).Value]);
    }

    [Fact]
    public void Drawn_parameters_the_objective_took_are_recorded_once_with_the_next_message()
    {
        var given = Given.AStudy();
        given.Ask();
        TrialParam x = new("x", Given.Unit, 0.5), y = new("y", Given.Unit, 0.25);
        given.Send(new StudyCommands.RecordDrawn(0, [x, y]));
        given.Send(new StudyCommands.ReportValue(0, 0, 1, 3.0, [x]));
        given.Send(new StudyCommands.SuggestParam(0, 0, "z", Given.Unit, [x, y], 0.75));
        Assert.Equal(["x", "y", "z"], given.Trial(0).Params.Keys);
    }

    [Fact]
    public void A_parameter_that_is_said_to_be_taken_and_asked_for_at_once_is_there_once()
    {
        var given = Given.AStudy();
        given.Ask();
        var x = new TrialParam("x", Given.Unit, 0.5);
        given.Send(new StudyCommands.RecordDrawn(0, [x]));
        var got = Assert.IsType<StudyReplies.ParamSuggested>(given.Send(new StudyCommands.SuggestParam(0, 0, "x", Given.Unit, [x], 0.75)));
        Assert.Equal(0.5, got.Value);
        Assert.Equal(0.5, given.Trial(0).ParamList.Single().Value);
    }

    [Fact]
    public void Taken_parameters_that_cannot_be_are_refused()
    {
        var given = Given.AStudy();
        given.Ask();
        StudyCommands.ReportValue Using(params TrialParam[] used) => new(0, 0, 1, 3.0, [.. used]);
        given.Refused(Using(new TrialParam("x", Given.Unit, 2)), Rejection.InvalidValue);
        given.Refused(Using(new TrialParam("", Given.Unit, 0.5)), Rejection.InvalidValue);
        given.Refused(Using(new TrialParam("x", Given.Unit, 0.5), new TrialParam("x", Given.Unit, 0.75)), Rejection.InvalidValue);
    }

    [Fact]
    public void A_sampler_that_draws_outside_the_range_is_refused()
    {
        var given = Given.AStudy();
        given.Ask();
        given.Refused(Given.Suggesting(0, "x", Given.Unit, 1.5), Rejection.SamplerFailed);
        given.Refused(Given.Suggesting(0, "x", Given.Unit, double.NaN), Rejection.SamplerFailed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(StudyRules.MaxNameLength + 1)]
    public void A_name_must_have_1_to_512_characters(int length)
    {
        var given = Given.AStudy();
        given.Ask();
        given.Refused(Given.Suggesting(0, new string('n', length), Given.Unit, 0.5), Rejection.InvalidValue);
        given.Suggest(0, new string('n', StudyRules.MaxNameLength), Given.Unit, 0.5);
    }

    [Fact]
    public void Only_running_trials_get_parameters()
    {
        var given = Given.AStudy();
        given.Finished(1);
        given.Enqueue("{}");
        given.Refused(Given.Suggesting(0, "x", Given.Unit, 0.5), Rejection.TrialFinished);
        given.Refused(Given.Suggesting(1, "x", Given.Unit, 0.5), Rejection.TrialNotRunning);
        given.Refused(Given.Suggesting(2, "x", Given.Unit, 0.5), Rejection.TrialNotFound);
        given.Refused(Given.Suggesting(-1, "x", Given.Unit, 0.5), Rejection.TrialNotFound);
    }
}
