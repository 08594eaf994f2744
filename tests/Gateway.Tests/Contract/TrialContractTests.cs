using Grpc.Core;
using W = Optuna.Coordinator.Gateway.Grpc.Wire;

namespace Optuna.Tests.Contract;

public sealed class TrialContractTests(ServedNode node) : ContractTest(node)
{
    [Fact]
    public async Task A_new_trial_runs_from_now_on_under_the_next_number()
    {
        var (one, other) = (await Storage.CreateStudyAsync(), await Storage.CreateStudyAsync());
        var ids = new List<long>();
        for (var number = 0; number < 3; number++)
        {
            var before = StorageChannel.Now;
            ids.Add(await Storage.CreateTrialAsync(one));
            var after = StorageChannel.Now;
            ids.Add(await Storage.CreateTrialAsync(other));
            var trial = await Storage.TrialAsync(ids[^2]);
            Assert.Equal((number, W.TrialState.Running, ""), (trial.Number, trial.State, trial.DatetimeComplete));
            Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$", trial.DatetimeStart);
            Assert.InRange(trial.DatetimeStart, before, after, StringComparer.Ordinal);
            Assert.Equal(ids[^2], await Storage.TrialIdAsync(one, number));
        }

        Assert.Equal(6, ids.Distinct().Count());
        Assert.All(ids, id => Assert.InRange(id, 1, (1L << 53) - 1));
        Assert.Equal(ids.Where((_, i) => i % 2 == 0).Order(), ids.Where((_, i) => i % 2 == 0));
        await NotFoundAsync(() => Storage.TrialIdAsync(one, 3));
        await NotFoundAsync(() => Storage.TrialIdAsync(one, -1));
        await NotFoundAsync(() => Storage.TrialIdAsync(one, 1L << 40));
    }

    [Theory]
    [InlineData(W.TrialState.Running)]
    [InlineData(W.TrialState.Complete)]
    [InlineData(W.TrialState.Pruned)]
    [InlineData(W.TrialState.Fail)]
    [InlineData(W.TrialState.Waiting)]
    internal async Task A_template_is_kept_but_for_its_number(W.TrialState state)
    {
        var study = await Storage.CreateStudyAsync();
        await Storage.CreateTrialAsync(study);
        var template = new W.Trial
        {
            Number = 55, TrialId = -1, State = state, Values = { 10000 },
            DatetimeStart = "2022-09-01 12:00:00.000001", DatetimeComplete = state is W.TrialState.Running or W.TrialState.Waiting ? "" : "2022-09-02 00:00:00.123456",
            Params = { ["x"] = 0.5, ["c"] = 3 }, Distributions = { ["x"] = Unit, ["c"] = Choice }, UserAttributes = { ["foo"] = "\"bar\"" },
            SystemAttributes = { ["baz"] = "123" }, IntermediateValues = { [1] = 10, [3] = double.NaN, [1L << 40] = double.NegativeInfinity },
        };
        var id = await Storage.CreateTrialAsync(study, template);
        var expected = template.Clone();
        (expected.Number, expected.TrialId) = (1, id);
        Assert.Equal(expected, await Storage.TrialAsync(id));
        Assert.Equal(expected, (await Storage.TrialsAsync(study))[1]);
    }

    [Fact]
    public async Task A_malformed_template_is_refused_and_makes_no_trial()
    {
        var study = await Storage.CreateStudyAsync();
        Assert.Contains("yesterday", await RefusedAsync(StatusCode.InvalidArgument, () => Storage.CreateTrialAsync(study, new W.Trial { DatetimeStart = "yesterday" })));
        Assert.Contains("'x'", await RefusedAsync(StatusCode.InvalidArgument, () => Storage.CreateTrialAsync(study, new W.Trial { Params = { ["x"] = 1 } })));
        await RefusedAsync(StatusCode.InvalidArgument, () => Storage.CreateTrialAsync(study, new W.Trial { State = (W.TrialState)9 }));
        await RefusedAsync(StatusCode.InvalidArgument, () => Storage.CreateTrialAsync(study, new W.Trial { State = W.TrialState.Complete, Values = { 1, 2 } }));
        Assert.Empty(await Storage.TrialsAsync(study));
    }

    [Fact]
    public async Task A_parameter_is_set_or_replaced_whatever_its_range()
    {
        var study = await Storage.CreateStudyAsync();
        var trial = await Storage.CreateTrialAsync(study);
        await Storage.SetParamAsync(trial, "x", 0.5, Unit);
        await Storage.SetParamAsync(trial, "x", 7, Unit);
        await Storage.SetParamAsync(trial, "c", 2, Choice);
        var stored = await Storage.TrialAsync(trial);
        Assert.Equal([("c", 2.0), ("x", 7.0)], stored.Params.OrderBy(p => p.Key).Select(p => (p.Key, p.Value)));
        Assert.Equal([("c", Choice), ("x", Unit)], stored.Distributions.OrderBy(p => p.Key).Select(p => (p.Key, p.Value)));
    }

    [Theory]
    [InlineData("""{"name":"FloatDistribution","attributes":{"low":0.0,"high":1.0,"log":false,"step":null}}""")]
    [InlineData("""{"name": "UniformDistribution", "attributes": {"low": 0, "high": 1}}""")]
    [InlineData("""{"name": "CategoricalDistribution", "attributes": {"choices": [[1, 2], {"a": true}, "\u00e9"]}}""")]
    public async Task The_text_of_a_distribution_comes_back_byte_for_byte(string text)
    {
        var study = await Storage.CreateStudyAsync();
        var (trial, other) = (await Storage.CreateTrialAsync(study), await Storage.CreateTrialAsync(study));
        await Storage.SetParamAsync(other, "y", 0, Unit);
        await Storage.SetParamAsync(trial, "x", 0, text);
        await Storage.SetStateAsync(trial, W.TrialState.Complete, 1);
        Assert.Equal(text, (await Storage.TrialAsync(trial)).Distributions["x"]);
        Assert.Equal(text, (await Storage.TrialsAsync(study))[0].Distributions["x"]);
    }

    [Fact]
    public async Task A_parameter_of_another_kind_is_refused_after_the_trials_state_was_looked_at()
    {
        var study = await Storage.CreateStudyAsync();
        var (first, second) = (await Storage.CreateTrialAsync(study), await Storage.CreateTrialAsync(study));
        await Storage.SetParamAsync(first, "x", 0.5, Unit);
        await RefusedAsync(StatusCode.InvalidArgument, () => Storage.SetParamAsync(second, "x", 0, Choice));
        await RefusedAsync(StatusCode.InvalidArgument, () => Storage.SetParamAsync(second, "y", 0, "{}"));
        await Storage.SetStateAsync(second, W.TrialState.Fail);
        await RefusedAsync(StatusCode.FailedPrecondition, () => Storage.SetParamAsync(second, "x", 0, Choice));
        await RefusedAsync(StatusCode.FailedPrecondition, () => Storage.SetParamAsync(second, "x", 0, "{}"));
        Assert.Empty((await Storage.TrialAsync(second)).Params);
    }

    [Theory]
    [InlineData(W.TrialState.Complete)]
    [InlineData(W.TrialState.Pruned)]
    [InlineData(W.TrialState.Fail)]
    internal async Task A_finished_trial_never_changes(W.TrialState end)
    {
        var study = await Storage.CreateStudyAsync();
        var trial = await Storage.CreateTrialAsync(study);
        var before = StorageChannel.Now;
        Assert.True(await Storage.SetStateAsync(trial, end, end == W.TrialState.Complete ? [double.PositiveInfinity] : []));
        var finished = await Storage.TrialAsync(trial);
        Assert.Equal(end, finished.State);
        Assert.InRange(finished.DatetimeComplete, before, StorageChannel.Now, StringComparer.Ordinal);
        foreach (var state in Enum.GetValues<W.TrialState>())
            await RefusedAsync(StatusCode.FailedPrecondition, () => Storage.SetStateAsync(trial, state, state == W.TrialState.Complete ? [0] : []));
        await RefusedAsync(StatusCode.FailedPrecondition, () => Storage.SetStateAsync(trial, (W.TrialState)9));
        await RefusedAsync(StatusCode.FailedPrecondition, () => Storage.SetParamAsync(trial, "x", 0, Unit));
        await RefusedAsync(StatusCode.FailedPrecondition, () => Storage.SetIntermediateAsync(trial, 0, 1));
        await RefusedAsync(StatusCode.FailedPrecondition, () => Storage.SetUserAttrAsync(trial, "k", "1"));
        await RefusedAsync(StatusCode.FailedPrecondition, () => Storage.SetSystemAttrAsync(trial, "k", "1"));
        Assert.Equal(finished, await Storage.TrialAsync(trial));
    }

    [Fact]
    public async Task Running_is_given_to_one_of_those_who_want_it()
    {
        var study = await Storage.CreateStudyAsync();
        var running = await Storage.CreateTrialAsync(study);
        var start = (await Storage.TrialAsync(running)).DatetimeStart;
        Assert.False(await Storage.SetStateAsync(running, W.TrialState.Running));
        Assert.Equal(start, (await Storage.TrialAsync(running)).DatetimeStart);

        var waiting = await Storage.CreateTrialAsync(study, new W.Trial { State = W.TrialState.Waiting });
        Assert.Equal("", (await Storage.TrialAsync(waiting)).DatetimeStart);
        var won = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Storage.SetStateAsync(waiting, W.TrialState.Running)));
        Assert.Single(won, w => w);
        Assert.NotEqual("", (await Storage.TrialAsync(waiting)).DatetimeStart);
    }

    [Fact]
    public async Task Intermediate_values_are_replaced_and_may_be_anything()
    {
        var study = await Storage.CreateStudyAsync();
        var trial = await Storage.CreateTrialAsync(study, new W.Trial { State = W.TrialState.Waiting });
        foreach (var (step, value) in new[] { (0L, 0.3), (2L, double.NaN), (3L, double.NegativeInfinity), (0L, 0.2) })
            await Storage.SetIntermediateAsync(trial, step, value);
        Assert.Equal(
            [(0L, 0.2), (2L, double.NaN), (3L, double.NegativeInfinity)],
            (await Storage.TrialAsync(trial)).IntermediateValues.OrderBy(v => v.Key).Select(v => (v.Key, v.Value)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(123)]
    [InlineData(long.MaxValue)]
    public async Task Whatever_is_asked_of_an_unknown_trial_is_not_found(long trial)
    {
        await NotFoundAsync(() => Storage.TrialAsync(trial));
        await NotFoundAsync(() => Storage.SetParamAsync(trial, "x", 0, "{}"));
        await NotFoundAsync(() => Storage.SetStateAsync(trial, (W.TrialState)9));
        await NotFoundAsync(() => Storage.SetIntermediateAsync(trial, -1, 0));
        await NotFoundAsync(() => Storage.SetUserAttrAsync(trial, "k", "{"));
        await NotFoundAsync(() => Storage.SetSystemAttrAsync(trial, "k", "1"));
        var last = await Storage.CreateTrialAsync(await Storage.CreateStudyAsync());
        await NotFoundAsync(() => Storage.TrialAsync(last + 1));
        await NotFoundAsync(() => Storage.SetParamAsync(last + 1, "x", 0, "{}"));
    }
}
