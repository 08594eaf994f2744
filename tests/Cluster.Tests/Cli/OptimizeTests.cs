using System.Text.Json;
using Optuna.Cli.Optimize;
using Optuna.Cli.Output;
using Optuna.Coordinator.Hosting;
using Optuna.Studies;
using Optuna.Tests.Fleet;
using Optuna.Trials;
using Optuna.Worker.Trials;

namespace Optuna.Tests.Cli;

/// <summary><c>optimize</c>: trials evaluated by the program itself, behind a coordinator and in a file it opens.</summary>
public sealed class OptimizeTests(CtlCoordinator coordinator) : IClassFixture<CtlCoordinator>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optuna-optimize-");

    private string Space => WriteFile("space.json", Exec.Space);

    [Fact]
    public async Task A_program_is_run_for_as_many_trials_as_asked_for_and_the_best_is_printed()
    {
        var study = await coordinator.Client.CreateStudyAsync("programs");
        study.Tell(study.Ask(), state: TrialState.Fail);

        var result = (await RunAsync("programs", "--exec", Exec.Square, "--search-space", Space, "--n-trials", "6", "--n-jobs", "2", "-q", "-f", "json")).Result();

        Assert.Equal(await StudyTrials.WriteBestAsync(study, OutputFormat.Json, flatten: false, default), result);
        var trials = study.Trials;
        Assert.Equal(6, trials.Count(t => t.State == TrialState.Complete));
        Assert.All(trials.Where(t => t.State == TrialState.Complete), t => Assert.Equal(Math.Pow((double)t.Params["x"]!, 2) + (long)t.Params["n"]!, t.Value!.Value, 1e-9));
        Assert.Equal(trials.Min(t => t.Value), JsonDocument.Parse(result).RootElement.GetProperty("value").GetDouble());
    }

    [Fact]
    public async Task A_class_is_run_on_a_file_in_process_and_each_trial_gets_a_line_with_v()
    {
        var storage = $"sqlite:///{Path.Combine(_folder.FullName, "own.db")}";
        await using (var node = await CoordinatorNode.StartAsync(new CoordinatorOptions { Storage = storage, Port = 0 }))
        {
            await using var client = await node.ConnectAsync();
            await client.CreateStudyAsync("in a file");
        }

        var run = await CtlProcess.RunAsync(
            "optimize", "--storage", storage, "--study-name", "in a file", "--objective", Objective<Bowl>(), "--n-trials", "3", "-v", "--flatten");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("params_rate", run.Out.Split('\n')[1]);
        Assert.All([0, 1, 2], number => Assert.Contains($"Trial {number} finished as Complete with value", run.Error));
        Assert.Contains("Evaluated 3 trials: 3 complete, 0 pruned, 0 failed.", run.Error);
    }

    [Fact]
    public async Task Failed_trials_are_said_and_the_budget_ends_a_call_without_limits()
    {
        var study = await coordinator.Client.CreateStudyAsync("budgeted", [StudyDirection.Minimize, StudyDirection.Maximize]);
        await study.SetBudgetAsync(4);
        // Every second trial has no result.
        const string program = """read -r p; [ $((OPTUNA_TRIAL_NUMBER % 2)) = 0 ] || { echo "no luck" >&2; exit 3; }; echo '{"values": [1, 2]}'""";

        var run = await RunAsync("budgeted", "--exec", program, "--search-space", Space, "-f", "yaml");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(await StudyTrials.WriteBestAsync(study, OutputFormat.Yaml, flatten: false, default), run.Out);
        Assert.Contains("[trial 1] no luck", run.Error);
        Assert.Contains("Trial 3 of budgeted failed: ExecFailedException: The program ended with exit code 3", run.Error);
        Assert.EndsWith("Evaluated 4 trials: 2 complete, 0 pruned, 2 failed.\n", run.Error);
    }

    [Fact]
    public async Task Without_a_complete_trial_it_is_said_as_best_trial_says_it()
    {
        await coordinator.Client.CreateStudyAsync("hopeless");

        var refusal = await CtlHere.RefusalAsync(
            "optimize", "--storage", coordinator.Url, "--study-name", "hopeless", "--exec", "exit 1", "--search-space", Space, "--n-trials", "1", "-q");

        Assert.Equal(await CtlHere.RefusalAsync("best-trial", "--study-name", "hopeless", "--storage", coordinator.Url), refusal);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(15, true)]
    public async Task Interrupted_it_gives_back_the_trials_it_is_at(int signal, bool isStubborn)
    {
        var study = await coordinator.Client.CreateStudyAsync($"interrupted {signal}");
        string[] objective = isStubborn
            ? ["--exec", Exec.Stubborn, "--search-space", Space, "--exec-grace", "0.5"]
            : ["--objective", Objective<Endless>()];
        await using var run = RunningCtl.Start(["optimize", "--storage", coordinator.Url, "--study-name", study.Name, "--n-trials", "5", "--n-jobs", "2", .. objective]);
        await Until.TrueAsync("two trials have parameters", () => study.Trials.Count(t => t.Params.Count > 0) == 2, RunningCtl.Patience);
        Assert.All(await study.GetLeasesAsync(), l => Assert.StartsWith($"{Environment.MachineName}/{run.Id}/", l.Worker.Value));

        Optuna.Testing.Processes.Signals.Send(run.Id, signal);

        Assert.Equal(130, await run.ExitAsync(RunningCtl.Patience));
        Assert.Equal([TrialState.Waiting, TrialState.Waiting], study.Trials.Select(t => t.State));
        Assert.DoesNotContain(run.Lines, l => !l.StartsWith("! ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task On_a_terminal_a_line_says_how_far_it_is()
    {
        var study = await coordinator.Client.CreateStudyAsync("shown");
        await using var run = RunningCtl.OnTerminal(
            "optimize", "--storage", coordinator.Url, "--study-name", "shown", "--objective", Objective<Bowl>(), "--n-trials", "20", "-f", "json");

        Assert.Equal(0, await run.ExitAsync(RunningCtl.Patience));
        Assert.Contains(run.Lines, l => l.Contains("shown 20/20  best ") && l.Contains("20 complete, 0 pruned, 0 failed") && l.Contains("trials/s  ETA 0:00:00"));
        var best = $"\"number\": {study.BestTrial.Number},";
        Assert.Contains(run.Lines, l => l.Contains(best));
    }

    [Fact]
    public async Task The_line_knows_what_ends_first()
    {
        var summary = await Study.Create("hills").GetSummaryAsync();
        var tally = new WorkerResult(8, 1, 1);

        Assert.Equal("hills 10/40  8 complete, 1 pruned, 1 failed  2.0 trials/s  ETA 0:00:15", new ProgressText("hills", 40, null).At(tally, TimeSpan.FromSeconds(5), summary));
        Assert.Equal("hills 10/40  8 complete, 1 pruned, 1 failed  2.0 trials/s  ETA 0:00:07", new ProgressText("hills", 40, TimeSpan.FromSeconds(12)).At(tally, TimeSpan.FromSeconds(5), summary));
        Assert.EndsWith("ETA 2:00:00", new ProgressText("hills", null, null).At(
            tally, TimeSpan.FromSeconds(10), summary with { Budget = 7212, Counts = new TrialCounts(0, 1, 10, 1, 1) }));
        Assert.Equal("hills 0  best 0.5  0 complete, 0 pruned, 0 failed  0.0 trials/s", new ProgressText("hills", null, null).At(
            new WorkerResult(0, 0, 0), TimeSpan.Zero, summary with { BestFeasible = new BestFeasible(0, 0.5) }));
    }

    [Theory]
    [InlineData("One of --objective and --exec is needed.")]
    [InlineData("not both", "--objective", "a.dll#A", "--exec", "true")]
    [InlineData("There is no assembly", "--objective", "a.dll#A")]
    [InlineData("--exec needs --search-space", "--exec", "true")]
    [InlineData("--search-space", "--exec", "true", "--search-space", "nowhere.json")]
    [InlineData("--exec-timeout", "--exec", "true", "--search-space", "x", "--exec-timeout", "0")]
    [InlineData("--n-trials: '-1'", "--n-trials", "-1")]
    [InlineData("--n-jobs: '0'", "--n-jobs", "0")]
    [InlineData("--timeout", "--timeout", "-3")]
    [InlineData("--format: 'xml'", "-f", "xml")]
    public async Task Wrong_input_is_refused_by_name(string named, params string[] args) => Assert.Contains(
        named, await CtlHere.RefusalAsync(["optimize", "--storage", "optuna://127.0.0.1:1", "--study-name", "x", .. args]));

    [Fact]
    public async Task What_would_never_end_and_a_study_that_is_not_there_are_refused()
    {
        var study = await coordinator.Client.CreateStudyAsync("endless");

        Assert.StartsWith("--n-trials: ", (await RunAsync("endless", "--objective", Objective<Bowl>())).Refusal(), StringComparison.Ordinal);
        Assert.Contains("'no such'", await CtlHere.RefusalAsync(
            "optimize", "--storage", coordinator.Url, "--study-name", "no such", "--objective", Objective<Bowl>(), "--n-trials", "1"));
        Assert.Empty(study.Trials);
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private Task<CtlProcess> RunAsync(string study, params string[] args) => coordinator.RunProgramAsync(["optimize", "--study-name", study, .. args]);

    private static string Objective<T>() where T : IObjective => $"{typeof(T).Assembly.Location}#{typeof(T).FullName}";

    private string WriteFile(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
