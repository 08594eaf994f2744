using System.Text.Json;
using Optuna.Json;
using Optuna.Numerics;
using Optuna.Pruners;
using Optuna.Samplers;
using Optuna.Samplers.Grid;
using Optuna.Studies;
using Optuna.Tests.Studies;
using Optuna.Trials;
using Xunit;

namespace Optuna.Tests.Samplers.Grid;

public sealed class GridSamplerTests
{
    public static TheoryData<int> Recorded => [.. Enumerable.Range(0, RecordedOrder.Of("grid").Count)];

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Points_are_visited_in_Optunas_order(int index)
    {
        var recorded = RecordedOrder.Of("grid")[index];
        var seed = recorded.Case.GetProperty("seed");
        var space = recorded.Case.GetProperty("space").GetRawText();
        var spec = new ComponentSpec("grid", $$"""{"search_space": {{space}}, "seed": {{seed.GetRawText()}}}""");
        var study = Study.Create(sampler: SamplerCatalog.Create(spec), seed: 99);
        var names = recorded.Case.GetProperty("space").EnumerateObject().Select(p => p.Name).ToArray();
        var values = names.ToDictionary(n => n, n => ((Dictionary<string, object?>)PythonJson.Read(space)!)[n] as List<object?>);
        study.Optimize(t =>
        {
            foreach (var name in names)
                t.SuggestCategorical(name, values[name]!.Append("never").ToArray());
            return 0;
        });
        Assert.Equal(recorded.Points, study.Trials.Select(t => PythonJson.Write(t.ParamList.OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => p.External).ToList())));
    }

    [Fact]
    public void A_trial_has_its_point_from_the_start_as_Optunas_attributes()
    {
        var study = Study.Create(sampler: Sampler(), seed: 1);
        study.Ask();
        var attrs = study.Trials[0].SystemAttrs.ToDictionary(a => a.Key, a => a.Value);
        Assert.Equal("0", attrs["grid_id"]);
        Assert.Equal("""{"a": [0, 50], "c": ["x", null]}""", attrs["search_space"]);
    }

    [Fact]
    public void The_seed_decides_the_order_and_the_study_does_not()
    {
        string Order(uint seed, ulong ofStudy)
        {
            var study = Study.Create(sampler: new GridSampler([new("a", [.. Enumerable.Range(0, 30).Select(i => (object?)i)])], seed), seed: ofStudy);
            study.Optimize(t => t.SuggestInt("a", 0, 100));
            return string.Join(",", study.Trials.Select(t => t.Value));
        }

        Assert.Equal(Order(0, 1), Order(0, 2));
        Assert.NotEqual(Order(0, 1), Order(1, 1));
    }

    [Fact]
    public void A_trial_that_fails_before_its_first_parameter_has_visited_its_point()
    {
        var study = Study.Create(sampler: Sampler(), seed: 1);
        study.Optimize((Func<Trial, double>)(_ => throw new FormatException()), @catch: [typeof(FormatException)]);
        Assert.Equal(["0", "1", "2", "3"], study.Trials.Select(t => t.SystemAttrs.Single(a => a.Key == "grid_id").Value));
    }

    [Fact]
    public void A_queued_trial_is_no_point_and_the_point_of_its_number_is_visited_later()
    {
        var study = Study.Create(sampler: new GridSampler([new("a", [0, 50])]), seed: 1);
        study.EnqueueTrial(new Dictionary<string, object?> { ["a"] = 100 });
        study.Optimize(t => t.SuggestInt("a", 0, 100));
        Assert.Equal(100, study.Trials[0].Value);
        Assert.Equal([0.0, 50], study.Trials.Skip(1).Select(t => t.Value!.Value).Order());
        Assert.DoesNotContain(study.Trials[0].SystemAttrs, a => a.Key == "grid_id");
    }

    [Fact]
    public void A_queued_trial_without_all_its_parameters_fails()
    {
        var study = Study.Create(sampler: Sampler(), seed: 1);
        study.EnqueueTrial(new Dictionary<string, object?> { ["a"] = 0 });
        var error = Assert.Throws<ArgumentException>(() => study.Optimize(Objective, nTrials: 1));
        Assert.Contains("queued", error.Message);
        Assert.Contains("'c'", error.Message);
        Assert.Equal(TrialState.Fail, study.Trials[0].State);
    }

    [Fact]
    public void A_parameter_that_is_not_in_the_grid_fails_the_trial()
    {
        var study = Study.Create(sampler: Sampler(), seed: 1);
        Assert.Contains("'b' is not in the grid", Assert.Throws<ArgumentException>(() => study.Optimize(t => t.SuggestFloat("b", 0, 1), nTrials: 1)).Message);
    }

    [Fact]
    public void A_value_out_of_range_is_used_and_warned_of()
    {
        var study = Study.Create(sampler: new GridSampler([new("a", [110]), new("s", [0.25])]), seed: 1);
        var warnings = Warnings.During(() => study.Optimize(t => t.SuggestInt("a", 0, 100) + t.SuggestFloat("s", 0, 1, step: 0.5)));
        Assert.Equal(110.25, Assert.Single(study.Trials).Value);
        Assert.Contains(warnings, w => w.Contains("110") && w.Contains("'a'"));
        Assert.Contains(warnings, w => w.Contains("0.25") && w.Contains("'s'"));
    }

    [Fact]
    public void A_value_that_is_none_of_the_choices_fails_the_trial()
    {
        var study = Study.Create(sampler: Sampler(), seed: 1);
        Assert.Throws<ArgumentException>(() => study.Optimize(t => t.SuggestInt("a", 0, 100) + (t.SuggestCategorical("c", "y", "z") == "y" ? 1 : 0), nTrials: 1));
    }

    [Fact]
    public void Trials_of_another_grid_do_not_count()
    {
        var study = Study.Create(sampler: Sampler(), seed: 1);
        study.AddTrial(FrozenTrial.Create(value: 1, systemAttrs: new Dictionary<string, object?>
        {
            ["grid_id"] = 3, ["search_space"] = new Dictionary<string, object?> { ["a"] = new List<object?> { 0L, 25L }, ["c"] = new List<object?> { "x", null } },
        }));
        study.Optimize(Objective);
        Assert.Equal(5, study.Trials.Length);
        var same = Study.Create(sampler: Sampler(), seed: 1);
        // Python's spelling of the same grid.
        same.AddTrial(FrozenTrial.Create(value: 1, systemAttrs: new Dictionary<string, object?>
        {
            ["grid_id"] = 3, ["search_space"] = new Dictionary<string, object?> { ["c"] = new List<object?> { "x", null }, ["a"] = new List<object?> { 0.0, 50.0 } },
        }));
        same.Optimize(Objective);
        Assert.Equal(4, same.Trials.Length);
    }

    [Fact]
    public void Whether_the_grid_is_exhausted_can_be_asked()
    {
        var sampler = Sampler();
        var study = Study.Create(sampler: sampler, seed: 1);
        Assert.False(sampler.IsExhausted(study));
        study.Optimize(Objective, nTrials: 3);
        Assert.False(sampler.IsExhausted(study));
        var last = study.Ask();
        Assert.True(sampler.IsExhausted(study));
        study.Tell(last, 1);
        Assert.True(sampler.IsExhausted(study));
        Assert.Contains(Warnings.During(() => study.Ask()), w => w.Contains("repeats a point"));
    }

    [Fact]
    public void A_large_grid_costs_no_more_per_trial()
    {
        var study = Study.Create(
            sampler: new GridSampler([new("a", [.. Enumerable.Range(0, 1000).Select(i => (object?)i)]), new("b", [.. Enumerable.Range(0, 1000).Select(i => (object?)i)])]),
            pruner: new NopPruner(), seed: 1);
        study.Optimize(t => t.SuggestInt("a", 0, 999) + t.SuggestInt("b", 0, 999), nTrials: 3000);
        Assert.Equal(3000, study.Trials.Select(t => (t.Params["a"], t.Params["b"])).Distinct().Count());
    }

    [Theory]
    [InlineData("search_space", "{}")]
    [InlineData("search_space", """{"search_space": [1]}""")]
    [InlineData("search_space", """{"search_space": {"a": 3}}""")]
    [InlineData("search_space", """{"search_space": {"a": []}}""")]
    [InlineData("search_space", """{"search_space": {"a": [[1]]}}""")]
    [InlineData("seed", """{"search_space": {"a": [1]}, "seed": -1}""")]
    public void An_option_out_of_range_is_refused_by_name(string name, string options) => Assert.Contains(
        $"'{name}'", Assert.Throws<ArgumentException>(() => SamplerCatalog.Create(new ComponentSpec("grid", options))).Message);

    [Fact]
    public void Too_many_points_are_refused()
    {
        var many = Enumerable.Range(0, 1000).Select(i => (object?)i).ToArray();
        Assert.Contains("combinations", Assert.Throws<ArgumentException>(() => new GridSampler([new("a", many), new("b", many), new("c", many)])).Message);
    }

    [Theory]
    [InlineData(1u, 1)]
    [InlineData(2u, 37)]
    [InlineData(3u, 64)]
    [InlineData(4u, 1000)]
    public void The_kth_smallest_member_of_a_set_is_found(uint seed, int n)
    {
        var (random, set, plain) = (new RandomState(seed), new IndexSet(n), new SortedSet<int>(Enumerable.Range(0, n)));
        for (var turn = 0; turn < 500; turn++)
        {
            var item = random.NextIndex(n);
            if (random.NextDouble() < 0.7)
                Assert.Equal(plain.Remove(item), set.Remove(item));
            else if (plain.Add(item))
                set.Restore(item);
            Assert.Equal(plain.Count, set.Count);
            Assert.Equal(plain.Contains(item), set.Contains(item));
            if (plain.Count > 0 && random.NextIndex(plain.Count) is var k)
                Assert.Equal(plain.ElementAt(k), set[k]);
        }

        Assert.False(set.Remove(-1));
        Assert.False(set.Remove(n));
    }

    private static GridSampler Sampler() => new([new("c", ["x", null]), new("a", [0, 50])]);

    private static double Objective(Trial trial) => trial.SuggestInt("a", 0, 100) + (trial.SuggestCategorical<string?>("c", "x", "y", null) is null ? 0 : 1);
}
