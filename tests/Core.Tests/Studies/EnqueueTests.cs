using Optuna.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Studies;

public sealed class EnqueueTests
{
    [Fact]
    public void A_queued_trial_waits_with_its_parameters_in_the_system_attribute()
    {
        var given = Given.AStudy();
        given.Enqueue("""{"x": 1.5}""");
        var trial = given.Trial(0);
        Assert.Equal(TrialState.Waiting, trial.State);
        Assert.Equal([KeyValuePair.Create("fixed_params", """{"x": 1.5}""")], trial.SystemAttrs.AsEnumerable());
        Assert.Empty(trial.Params);
    }

    [Fact]
    public void A_repeated_request_queues_nothing()
    {
        var given = Given.AStudy();
        var enqueue = Given.Enqueueing("{}");
        given.Send(enqueue);
        Assert.Equal(0, Assert.IsType<StudyReplies.TrialAdded>(given.SendInVain(enqueue)).Number);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("1")]
    [InlineData("{")]
    public void Parameters_must_be_an_object(string parameters) =>
        Given.AStudy().Refused(Given.Enqueueing(parameters), Rejection.InvalidValue);

    [Theory]
    [InlineData("""{"x": 1.5}""", """{"x": 1.5}""")]
    [InlineData("""{"x": 1.0}""", """{"x": 1.000009}""")]
    [InlineData("""{"x": NaN}""", """{"x": NaN}""")]
    [InlineData("""{"x": Infinity}""", """{"x": Infinity}""")]
    [InlineData("""{"x": 3, "c": "a"}""", """{"c": "a", "x": 3}""")]
    [InlineData("""{"x": 1}""", """{"x": true}""")]
    [InlineData("""{"c": null}""", """{"c": null}""")]
    [InlineData("{}", "{}")]
    public void The_same_parameters_are_skipped(string existing, string wanted)
    {
        var given = Given.AStudy();
        given.Enqueue(existing);
        Assert.Equal(-1, Assert.IsType<StudyReplies.TrialAdded>(given.SendInVain(Given.Enqueueing(wanted, skipIfExists: true))).Number);
        Assert.Equal(1, given.Enqueue(wanted));
    }

    [Theory]
    [InlineData("""{"x": 1.0}""", """{"x": 1.00002}""")]
    [InlineData("""{"x": 0.0}""", """{"x": 1e-300}""")]
    [InlineData("""{"x": 1.0}""", """{"x": 1}""")]
    [InlineData("""{"x": 1}""", """{"x": 1.0}""")]
    [InlineData("""{"x": true}""", """{"x": 1}""")]
    [InlineData("""{"x": Infinity}""", """{"x": 1.0}""")]
    [InlineData("""{"x": 1.0}""", """{"x": 1.0, "y": 1.0}""")]
    [InlineData("""{"x": 1.0}""", """{"y": 1.0}""")]
    [InlineData("""{"c": "a"}""", """{"c": "b"}""")]
    public void Other_parameters_are_not_skipped(string existing, string wanted)
    {
        var given = Given.AStudy();
        given.Enqueue(existing);
        Assert.Equal(1, given.Enqueue(wanted, skipIfExists: true));
    }

    [Fact]
    public void Suggested_parameters_count_as_existing_in_any_state()
    {
        var given = Given.AStudy();
        given.Ask();
        given.Suggest(0, "x", Given.Unit, 0.5);
        Assert.Equal(-1, given.Enqueue("""{"x": 0.5}""", skipIfExists: true));
        given.Tell(0, TrialState.Fail);
        Assert.Equal(-1, given.Enqueue("""{"x": 0.5}""", skipIfExists: true));
        Assert.Equal(1, given.Enqueue("""{"x": 0.25}""", skipIfExists: true));
    }
}
