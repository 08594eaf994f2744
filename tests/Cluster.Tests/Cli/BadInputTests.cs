namespace Optuna.Tests.Cli;

public sealed class BadInputTests(CtlCoordinator coordinator) : IClassFixture<CtlCoordinator>
{
    [Theory]
    [InlineData("--format", "study-names", "-f", "xml")]
    [InlineData("--format", "trials", "--study-name", "x", "--format")]
    [InlineData("'nonsense'", "nonsense")]
    [InlineData("'extra'", "studies", "extra")]
    [InlineData("'--flatten'", "study-names", "--flatten")]
    [InlineData("--study-name", "trials")]
    [InlineData("--study-name", "best-trial")]
    [InlineData("--study-name", "best-trials")]
    [InlineData("--study-name", "delete-study")]
    [InlineData("--study-name", "create-study", "--study-name", " ")]
    [InlineData("--study-name", "create-study", "--study-name", "a\nb")]
    [InlineData("--new-name", "rename-study", "--study-name", "x")]
    [InlineData("--new-name", "rename-study", "--study-name", "x", "--new-name", "")]
    [InlineData("--direction", "create-study", "--direction", "up")]
    [InlineData("--directions", "create-study", "--directions", "minimize", "up")]
    [InlineData("--directions", "create-study", "--directions")]
    [InlineData("--directions", "create-study", "--direction", "minimize", "--directions", "minimize")]
    [InlineData("--sampler: There is no sampler 'sobol'", "create-study", "--sampler", "sobol")]
    [InlineData("--sampler-kwargs: 'tpe' has no option 'speed'", "create-study", "--sampler", "tpe", "--sampler-kwargs", """{"speed": 1}""")]
    [InlineData("--sampler-kwargs", "create-study", "--sampler", "tpe", "--sampler-kwargs", "{")]
    [InlineData("--sampler: 'grid' needs the option 'search_space'", "create-study", "--sampler", "grid")]
    [InlineData("--sampler-kwargs: popsize must be 2 or more, but it is 1.", "create-study", "--sampler", "cmaes", "--sampler-kwargs", """{"popsize": 1}""")]
    [InlineData("--pruner: 'patient' needs the option 'patience'", "create-study", "--pruner", "patient")]
    [InlineData("--sampler-kwargs: only together with --sampler", "create-study", "--sampler-kwargs", "{}")]
    [InlineData("--pruner: There is no pruner 'shears'", "create-study", "--pruner", "shears")]
    [InlineData("--pruner-kwargs", "create-study", "--pruner", "percentile", "--pruner-kwargs", """{"percentile": 101}""")]
    [InlineData("--seed: '-1'", "create-study", "--seed", "-1")]
    [InlineData("--retry-limit: '1.5'", "create-study", "--retry-limit", "1.5")]
    [InlineData("--key", "study", "set-user-attr", "--study-name", "x", "--value", "1")]
    [InlineData("--key", "study", "set-user-attr", "--study-name", "x", "-k", "", "--value", "1")]
    [InlineData("--value", "study", "set-user-attr", "--study-name", "x", "-k", "k")]
    [InlineData("--quiet", "studies", "-q", "-v")]
    [InlineData("'no such'", "trials", "--study-name", "no such")]
    [InlineData("'no such'", "best-trial", "--study-name", "no such")]
    [InlineData("'no such'", "delete-study", "--study-name", "no such")]
    [InlineData("'no such'", "rename-study", "--study-name", "no such", "--new-name", "y")]
    [InlineData("'no such'", "study", "set-user-attr", "--study-name", "no such", "-k", "k", "--value", "1")]
    public async Task Bad_input_is_named_and_changes_nothing(string named, params string[] args)
    {
        var refusal = (await coordinator.RunAsync(args)).Refusal();

        Assert.Contains(named, refusal);
        Assert.Empty(await coordinator.Client.GetStudyNamesAsync());
    }

    [Theory]
    [InlineData("no storage is given", null)]
    [InlineData("no storage is given", "")]
    [InlineData("must look like", "studies.db")]
    [InlineData("no driver", "postgresql://localhost/db")]
    [InlineData("three slashes", "sqlite://studies.db")]
    [InlineData("port", "optuna://127.0.0.1:0")]
    [InlineData("HOST:PORT", "optuna://")]
    public async Task A_storage_that_cannot_be_meant_is_refused_as_that_option(string reason, string? storage)
    {
        var refusal = (await CtlProcess.RunInAsync(storage, null, "studies")).Refusal();

        Assert.StartsWith("--storage: ", refusal, StringComparison.Ordinal);
        Assert.Contains(reason, refusal);
    }

    [Fact]
    public async Task Nobody_at_the_address_is_said_after_ten_seconds() =>
        Assert.Contains("optuna://127.0.0.1:1 ", (await CtlProcess.RunAsync("studies", "--storage", "optuna://127.0.0.1:1")).Refusal());

    [Theory]
    [InlineData]
    [InlineData("help")]
    [InlineData("--help")]
    public async Task Without_a_verb_the_verbs_are_listed(params string[] args)
    {
        var help = (await CtlProcess.RunAsync(args)).Result();

        Assert.All(
            ["create-study", "delete-study", "rename-study", "study-names", "studies", "trials", "best-trial", "best-trials"],
            verb => Assert.Contains("  " + verb, help));
    }

    [Fact]
    public async Task The_version_is_a_number() => Assert.Matches(@"^\d+\.\d+\.\d+", (await CtlProcess.RunAsync("--version")).Result());
}
