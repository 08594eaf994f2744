using Optuna.Distributions;
using Optuna.Tests.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Trials;

public sealed class FrozenTrialTests
{
    private static readonly Dictionary<string, object?> s_params = new() { ["b"] = 3, ["a"] = "y" };
    private static readonly Dictionary<string, Distribution> s_distributions =
        new() { ["a"] = new CategoricalDistribution("x", "y"), ["b"] = new IntDistribution(0, 5) };

    private static readonly DateTime s_time = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_created_trial_is_complete_unless_said_otherwise()
    {
        var clock = new ManualClock();
        var trial = FrozenTrial.Create(
            value: 2, parameters: s_params, distributions: s_distributions, userAttrs: new Dictionary<string, object?> { ["k"] = 1 },
            intermediateValues: new Dictionary<long, double> { [4] = 1, [2] = 3 }, constraints: new Dictionary<string, double> { ["c"] = -1 }, clock: clock);
        var now = clock.GetUtcNow().UtcDateTime;
        Assert.Equal((TrialState.Complete, 2.0, now, now, -1), (trial.State, trial.Value, trial.DatetimeStart, trial.DatetimeComplete, trial.Number));
        Assert.Equal([("b", (object?)3L), ("a", "y")], trial.Params.Select(p => (p.Key, p.Value)));
        Assert.Equal([2L, 4], trial.IntermediateValues.Keys);
        Assert.Equal(4, trial.LastStep);
        Assert.Equal(-1, trial.Constraints["c"]);
        Assert.Equal(TimeSpan.Zero, trial.Duration);
    }

    [Fact]
    public void A_waiting_trial_has_not_started_and_a_running_one_has_not_ended()
    {
        Assert.Null(FrozenTrial.Create(TrialState.Waiting).DatetimeStart);
        var running = FrozenTrial.Create(TrialState.Running);
        Assert.NotNull(running.DatetimeStart);
        Assert.Null(running.DatetimeComplete);
    }

    [Fact]
    public void Value_and_values_are_not_given_together() =>
        Assert.Throws<ArgumentException>(() => FrozenTrial.Create(value: 1, values: [1]));

    [Theory]
    [InlineData(TrialState.Complete)]
    [InlineData(TrialState.Complete, double.NaN)]
    [InlineData(TrialState.Fail, 1.0)]
    [InlineData(TrialState.Running, 1.0)]
    [InlineData(TrialState.Waiting, 1.0)]
    [InlineData((TrialState)17)]
    public void Values_and_state_must_fit(TrialState state, params double[] values) =>
        Assert.Throws<ArgumentException>(() => FrozenTrial.Create(state, values: values));

    [Theory]
    [InlineData(TrialState.Pruned)]
    [InlineData(TrialState.Pruned, 1.0)]
    [InlineData(TrialState.Complete, 1.0, double.PositiveInfinity)]
    public void Fitting_values_are_taken(TrialState state, params double[] values) =>
        Assert.Equal(values, FrozenTrial.Create(state, values: values).Values);

    [Fact]
    public void Every_parameter_has_a_value_and_a_distribution()
    {
        Assert.Contains("'a'", Assert.Throws<ArgumentException>(() => FrozenTrial.Create(value: 1, parameters: new Dictionary<string, object?> { ["b"] = 3 }, distributions: s_distributions)).Message);
        Assert.Contains("'b'", Assert.Throws<ArgumentException>(() => FrozenTrial.Create(value: 1, parameters: s_params)).Message);
    }

    [Theory]
    [InlineData(6, "y")]
    [InlineData(3, "z")]
    [InlineData("three", "y")]
    public void Every_value_lies_in_its_distribution(object b, string a) => Assert.Contains("'",
        Assert.Throws<ArgumentException>(() => FrozenTrial.Create(value: 1, parameters: new Dictionary<string, object?> { ["b"] = b, ["a"] = a }, distributions: s_distributions)).Message);

    [Fact]
    public void A_constraint_is_a_number() =>
        Assert.Throws<ArgumentException>(() => FrozenTrial.Create(value: 1, constraints: new Dictionary<string, double> { ["c"] = double.NaN }));

    [Fact]
    public void Times_must_fit_the_state()
    {
        Assert.Throws<ArgumentException>(() => new FrozenTrial { State = TrialState.Running }.Validate());
        Assert.Throws<ArgumentException>(() => new FrozenTrial { State = TrialState.Running, DatetimeStart = s_time, DatetimeComplete = s_time }.Validate());
        Assert.Throws<ArgumentException>(() => new FrozenTrial { State = TrialState.Fail, DatetimeStart = s_time }.Validate());
        new FrozenTrial { State = TrialState.Fail, DatetimeStart = s_time, DatetimeComplete = s_time }.Validate();
        new FrozenTrial { State = TrialState.Waiting }.Validate();
    }

    [Fact]
    public void Several_values_are_not_one()
    {
        var trial = FrozenTrial.Create(values: [1, 2]);
        Assert.Throws<InvalidOperationException>(() => trial.Value);
        Assert.Null(FrozenTrial.Create(TrialState.Fail).Value);
    }

    [Fact]
    public void Constraints_are_read_from_both_forms()
    {
        var trial = new FrozenTrial { SystemAttrs = [KeyValuePair.Create("constraints", "[0.5, -1]"), KeyValuePair.Create("constraints:k", "2.0")] };
        Assert.Equal([("0", 0.5), ("1", -1.0), ("k", 2.0)], trial.Constraints.Select(c => (c.Key, c.Value)));
    }
}
