using Optuna.Tests.Cli.Output;

namespace Optuna.Tests.Cli;

/// <summary>The program prints what Optuna prints; how each format does it is tested without processes.</summary>
public sealed class TrialVerbTests(CtlCoordinator coordinator) : IClassFixture<CtlCoordinator>, IAsyncLifetime
{
    public async ValueTask InitializeAsync()
    {
        if (!(await coordinator.Client.GetStudyNamesAsync()).IsEmpty)
            return;
        foreach (var (name, directions) in SampleStudies.All)
            SampleStudies.Fill(await coordinator.Client.CreateStudyAsync(name, directions));
    }

    [Theory]
    [InlineData("studies", "-f", "table", "--flatten")]
    [InlineData("trials", "--study-name", "many states", "-f", "table", "--flatten")]
    [InlineData("trials", "--study-name", "many states", "-f", "value")]
    [InlineData("best-trials", "--study-name", "pareto ü", "-f", "yaml")]
    [InlineData("best-trial", "--study-name", "many states", "-f", "json")]
    public async Task A_verb_prints_what_Optuna_prints(params string[] args) =>
        Assert.Equal(OptunaOutputs.For(args), (await coordinator.RunProgramAsync(args)).Result());

    /// <summary>The formats themselves are tested elsewhere; here, that each verb has all of them.</summary>
    [Theory]
    [InlineData("value")]
    [InlineData("json")]
    [InlineData("table")]
    [InlineData("yaml")]
    public async Task Every_verb_has_every_format(string format)
    {
        string[][] verbs = [["study-names"], ["studies"], .. new[] { "trials", "best-trial", "best-trials" }.Select(v => new[] { v, "--study-name", "many states" })];
        foreach (var verb in verbs)
        {
            string[] args = [.. verb, "-f", format];
            Assert.Equal(OptunaOutputs.For(args), await CtlHere.RunAsync([.. args, "--storage", coordinator.Url]));
        }
    }

    [Fact]
    public async Task Without_a_format_it_is_Optunas_default() => Assert.Equal(
        OptunaOutputs.For("trials", "--study-name", "named", "-f", "table"), (await coordinator.RunAsync("trials", "--study-name", "named")).Result());

    [Theory]
    [InlineData("empty", "No trials are completed yet.")]
    [InlineData("pareto ü", "best-trials")]
    public async Task Without_a_single_best_trial_the_reason_is_said(string study, string reason) =>
        Assert.Contains(reason, (await coordinator.RunAsync("best-trial", "--study-name", study)).Refusal());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
