using Optuna.Tests.Studies;
using Xunit;

namespace Optuna.Tests.Trials;

public sealed class FixedTrialTests
{
    private static readonly Dictionary<string, object?> s_params = new() { ["x"] = 1.5, ["n"] = 3, ["c"] = "b" };

    [Fact]
    public void An_objective_runs_with_the_given_values()
    {
        var trial = Trial.Fixed(s_params, number: 7);
        Assert.Equal((1.5, 3, "b"), (trial.SuggestFloat("x", 0, 2), trial.SuggestInt("n", 0, 9), trial.SuggestCategorical("c", "a", "b")));
        Assert.Equal(7, trial.Number);
        Assert.Equal(["x", "n", "c"], trial.Params.Keys);
    }

    [Fact]
    public void Reports_and_attributes_lead_nowhere_and_nothing_is_pruned()
    {
        var trial = Trial.Fixed(s_params);
        trial.Report(1e9, 1);
        trial.SetUserAttr("k", 1);
        trial.SetConstraint("c", 1);
        Assert.False(trial.ShouldPrune());
        Assert.Equal("1", trial.UserAttrs["k"]);
    }

    [Fact]
    public void A_value_that_was_not_given_is_refused() =>
        Assert.Contains("'y'", Assert.Throws<ArgumentException>(() => Trial.Fixed(s_params).SuggestFloat("y", 0, 1)).Message);

    [Fact]
    public void A_value_out_of_range_is_used_with_a_warning() =>
        Assert.Single(Warnings.During(() => Assert.Equal(1.5, Trial.Fixed(s_params).SuggestFloat("x", 0, 1))));

    [Fact]
    public void A_value_of_another_kind_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Trial.Fixed(s_params).SuggestFloat("c", 0, 1));
        Assert.Throws<ArgumentException>(() => Trial.Fixed(s_params).SuggestCategorical("c", "x", "y"));
        var trial = Trial.Fixed(s_params);
        trial.SuggestFloat("x", 0, 2);
        Assert.Throws<ArgumentException>(() => trial.SuggestInt("x", 0, 2));
    }

    [Fact]
    public void It_starts_at_the_clocks_time()
    {
        var clock = new ManualClock();
        Assert.Equal(clock.GetUtcNow().UtcDateTime, Trial.Fixed(s_params, clock: clock).DatetimeStart);
    }
}
