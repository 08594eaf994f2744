using Optuna.Distributions;
using Optuna.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Studies;

public sealed class AddTrialTests
{
    private static readonly Dictionary<string, object?> s_params = new() { ["x"] = 0.5 };
    private static readonly Dictionary<string, Distribution> s_distributions = new() { ["x"] = Given.Unit };

    [Fact]
    public void A_complete_trial_counts_like_one_that_ran_here()
    {
        var given = Given.AStudy();
        given.Finished(3);
        given.Add(FrozenTrial.Create(value: 1, parameters: s_params, distributions: s_distributions, intermediateValues: new Dictionary<long, double> { [2] = 4 }));
        var trial = given.Trial(1);
        Assert.Equal((1, TrialState.Complete, 1.0, 0.5), (trial.Number, trial.State, trial.Value, trial.Params["x"]));
        Assert.Equal(1, given.State.Best);
        Assert.Equal(4, trial.IntermediateValues[2]);
    }

    [Theory]
    [InlineData(TrialState.Pruned)]
    [InlineData(TrialState.Fail)]
    [InlineData(TrialState.Running)]
    [InlineData(TrialState.Waiting)]
    public void Trials_of_any_state_can_be_added(TrialState state)
    {
        var given = Given.AStudy();
        given.Add(FrozenTrial.Create(state, parameters: s_params, distributions: s_distributions));
        Assert.Equal(state, given.Trial(0).State);
        Assert.Equal(0.5, given.Trial(0).Params["x"]);
    }

    [Fact]
    public void A_waiting_trial_added_with_parameters_runs_with_them()
    {
        var given = Given.AStudy();
        given.Add(FrozenTrial.Create(TrialState.Waiting, parameters: s_params, distributions: s_distributions));
        Assert.Equal(0, given.Ask().Number);
        Assert.Equal(0.5, given.Suggest(0, "x", Given.Unit).Value);
    }

    [Fact]
    public void A_repeated_request_adds_nothing()
    {
        var given = Given.AStudy();
        var add = new StudyCommands.AddTrial(Guid.NewGuid(), FrozenTrial.Create(value: 1));
        given.Send(add);
        Assert.Equal(0, Assert.IsType<StudyReplies.TrialAdded>(given.SendInVain(add)).Number);
    }

    [Fact]
    public void The_number_of_values_must_be_the_studys()
    {
        var given = Given.AStudy();
        given.Refused(new StudyCommands.AddTrial(Guid.NewGuid(), FrozenTrial.Create(values: [1, 2])), Rejection.InvalidValue);
    }

    [Fact]
    public void A_distribution_must_fit_the_studys()
    {
        var given = Given.AStudy();
        given.Add(FrozenTrial.Create(value: 1, parameters: s_params, distributions: s_distributions));
        var other = FrozenTrial.Create(
            value: 1, parameters: new Dictionary<string, object?> { ["x"] = 1L }, distributions: new Dictionary<string, Distribution> { ["x"] = new IntDistribution(0, 3) });
        given.Refused(new StudyCommands.AddTrial(Guid.NewGuid(), other), Rejection.IncompatibleDistribution);
    }

    [Fact]
    public void A_trial_that_breaks_a_rule_is_refused() => Given.AStudy().Refused(
        new StudyCommands.AddTrial(Guid.NewGuid(), new FrozenTrial { State = TrialState.Complete }), Rejection.InvalidValue);

    [Fact]
    public void An_earlier_trial_moves_the_studys_start()
    {
        var given = Given.AStudy();
        given.Finished(1);
        var early = given.Clock.GetUtcNow().UtcDateTime.AddDays(-1);
        given.Add(new FrozenTrial { State = TrialState.Complete, Values = [1], DatetimeStart = early, DatetimeComplete = early });
        Assert.Equal(early, given.Summary.DatetimeStart);
    }

    [Fact]
    public void Local_times_are_kept_as_UTC()
    {
        var given = Given.AStudy();
        var local = new DateTime(2026, 1, 1, 12, 0, 0, DateTimeKind.Local);
        given.Add(new FrozenTrial { State = TrialState.Complete, Values = [1], DatetimeStart = local, DatetimeComplete = local });
        Assert.Equal((local.ToUniversalTime(), DateTimeKind.Utc), (given.Trial(0).DatetimeStart!.Value, given.Trial(0).DatetimeStart!.Value.Kind));
    }
}
