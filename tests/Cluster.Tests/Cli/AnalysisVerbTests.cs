using Optuna.Studies;

namespace Optuna.Tests.Cli;

/// <summary>Verbs about what a study has found: importances, copies, rules for when to stop.</summary>
public sealed class AnalysisVerbTests(CtlCoordinator coordinator) : IClassFixture<CtlCoordinator>
{
    [Fact]
    public async Task Importances_are_printed_in_every_format_the_most_important_first()
    {
        var study = await coordinator.Client.CreateStudyAsync("important", sampler: new ComponentSpec("random"), seed: 1);
        await study.OptimizeAsync(t => (10 * t.SuggestFloat("a", 0, 1)) + t.SuggestFloat("b", 0, 1), 30);
        var shares = await study.GetParamImportancesAsync();

        Assert.StartsWith("""[{"param": "a", "importance": """, (await RunAsync("-f", "json")).Result());
        Assert.Equal(["a", "b"], (await RunAsync("-f", "value")).Result().Split('\n').Select(l => l.Split(' ')[0]));
        Assert.Contains("| a     |", (await RunAsync()).Result());
        Assert.StartsWith("- importance: ", (await RunAsync("-f", "yaml")).Result());
        Assert.Contains(Optuna.Json.PythonJson.FormatDouble(shares["a"]), (await RunAsync("-f", "json")).Result());
        Assert.StartsWith("""[{"param": "a", "importance": """, (await RunAsync("-f", "json", "--evaluator", "fanova", "--evaluator-kwargs", """{"n_trees": 4}""")).Result());
        Assert.Equal("""[{"param": "b", "importance": 1.0}]""", (await RunAsync("-f", "json", "--params", "b")).Result());

        Task<CtlProcess> RunAsync(params string[] args) => coordinator.RunAsync(["importance", "--study-name", "important", .. args]);
    }

    [Theory]
    [InlineData("--evaluator: There is no importance evaluator 'shap'", "--evaluator", "shap")]
    [InlineData("'n_trees'", "--evaluator", "fanova", "--evaluator-kwargs", """{"n_trees": 0}""")]
    [InlineData("'zz'", "--params", "zz")]
    [InlineData("--objective", "--objective", "1")]
    public async Task What_is_wrong_with_a_question_is_said(string said, params string[] args)
    {
        await coordinator.Client.CreateStudyAsync("asked", loadIfExists: true);
        Assert.Contains(said, (await coordinator.RunAsync(["importance", "--study-name", "asked", .. args])).Refusal());
    }

    [Fact]
    public async Task A_study_is_copied_with_its_rule()
    {
        Assert.Equal("original", (await coordinator.RunAsync(
            "create-study", "--study-name", "original", "--stop-when", "best_value_stagnation", "--stop-when-kwargs", """{"max_stagnation_trials": 1, "min_n_trials": 1}""")).Result());
        var study = await coordinator.Client.LoadStudyAsync("original");
        study.EnqueueTrial(new Dictionary<string, object?> { ["x"] = 0.25 });
        await study.OptimizeAsync(t => t.SuggestFloat("x", 0, 1) * 0, 10);
        // Nothing is better than the first, so the second trial in vain was the last.
        Assert.Equal(StudyMode.Stopped, (await study.GetSummaryAsync()).Mode);
        Assert.Equal(3, study.Trials.Length);

        Assert.Equal("twin", (await coordinator.RunAsync("copy-study", "--study-name", "original", "--to-study-name", "twin")).Result());
        var twin = await coordinator.Client.LoadStudyAsync("twin");
        Assert.Equal(study.Trials.Select(t => (t.Value, t.Params["x"])), twin.Trials.Select(t => (t.Value, t.Params["x"])));
        Assert.Equal("best_value_stagnation", (await twin.GetSummaryAsync()).StopWhen!.Name);
        Assert.Contains("twin", (await coordinator.RunAsync("copy-study", "--study-name", "original", "--to-study-name", "twin")).Refusal());
    }

    [Fact]
    public async Task A_rule_that_does_not_fit_is_refused_by_option() => Assert.Contains("--stop-when", (await coordinator.RunAsync(
        "create-study", "--study-name", "two", "--directions", "minimize", "minimize", "--stop-when", "emmr")).Refusal());
}
