using System.Text.Json;
using Optuna.Trials;

namespace Optuna.Tests.Cli;

/// <summary><c>ask</c> and <c>tell</c>: a trial that one process starts and another ends.</summary>
public sealed class AskTellTests(CtlCoordinator coordinator) : IClassFixture<CtlCoordinator>
{
    private const string Space = """{"x": {"name": "FloatDistribution", "attributes": {"low": 0.0, "high": 1.0}}, "kind": {"name": "CategoricalDistribution", "attributes": {"choices": ["a", "b"]}}}""";

    [Fact]
    public async Task A_trial_is_asked_for_in_every_format_and_told_by_its_number()
    {
        var study = await coordinator.Client.CreateStudyAsync("asked");
        var json = JsonDocument.Parse((await coordinator.RunAsync("ask", "--study-name", "asked", "--search-space", Space)).Result()).RootElement;
        Assert.Equal(0, json.GetProperty("number").GetInt32());
        Assert.InRange(json.GetProperty("params").GetProperty("x").GetDouble(), 0, 1);
        Assert.Contains(json.GetProperty("params").GetProperty("kind").GetString(), new[] { "a", "b" });
        Assert.Contains("params_x", (await coordinator.RunAsync("ask", "--study-name", "asked", "--search-space", Space, "-f", "table", "--flatten")).Result());
        Assert.StartsWith("number: 2", (await coordinator.RunAsync("ask", "--study-name", "asked", "-f", "yaml")).Result());
        Assert.StartsWith("3", (await coordinator.RunAsync("ask", "--study-name", "asked", "-f", "value")).Result());

        await coordinator.RunAsync("tell", "--study-name", "asked", "--trial-number", "0", "--values", "0.5");
        await coordinator.RunAsync("tell", "--study-name", "asked", "--trial-number", "1", "--state", "pruned");
        await coordinator.RunAsync("tell", "--study-name", "asked", "--trial-number", "2", "--state", "fail");
        Assert.Contains("0", (await coordinator.RunAsync("tell", "--study-name", "asked", "--trial-number", "0", "--values", "9")).Refusal());
        await coordinator.RunAsync("tell", "--study-name", "asked", "--trial-number", "0", "--values", "9", "--skip-if-finished");
        Assert.StartsWith("--trial-number: ", await CtlHere.RefusalAsync("tell", "--storage", coordinator.Url, "--study-name", "asked", "--trial-number", "99", "--values", "1"), StringComparison.Ordinal);
        var trials = await study.GetTrialsAsync();
        Assert.Equal([TrialState.Complete, TrialState.Pruned, TrialState.Fail, TrialState.Running], trials.Select(t => t.State));
        Assert.Equal(0.5, trials[0].Value);
    }

    [Fact]
    public async Task Another_sampler_draws_by_its_own_rule_whatever_the_studys_is()
    {
        await coordinator.Client.CreateStudyAsync("grids");
        var json = JsonDocument.Parse((await coordinator.RunAsync(
            "ask", "--study-name", "grids", "--search-space", """{"x": {"name": "FloatDistribution", "attributes": {"low": 0.0, "high": 1.0}}}""",
            "--sampler", "GridSampler", "--sampler-kwargs", """{"search_space": {"x": [0.25]}}""")).Result()).RootElement;
        Assert.Equal(0.25, json.GetProperty("params").GetProperty("x").GetDouble());
    }

    [Theory]
    [InlineData("There is no study", "ask", "--study-name", "nowhere")]
    [InlineData("--search-space", "ask", "--study-name", "asked", "--search-space", "[1]")]
    [InlineData("--sampler", "ask", "--study-name", "asked", "--sampler", "magic")]
    [InlineData("--sampler-kwargs", "ask", "--study-name", "asked", "--sampler-kwargs", "{}")]
    [InlineData("--trial-number", "tell", "--study-name", "asked", "--values", "1")]
    [InlineData("'x'", "tell", "--study-name", "asked", "--trial-number", "0", "--values", "x")]
    public async Task Wrong_input_is_refused_by_name(string named, params string[] args) => Assert.Contains(named, (await coordinator.RunAsync(args)).Refusal());
}
