using Optuna.Cli.Watch;
using Optuna.Studies;
using Optuna.Tests.Fleet;
using Optuna.Trials;
using Spectre.Console;

namespace Optuna.Tests.Cli;

/// <summary><c>watch</c>: on a terminal, for pipes, and its end.</summary>
public sealed class WatchTests(CtlCoordinator coordinator) : IClassFixture<CtlCoordinator>
{
    [Fact]
    public async Task Every_change_is_a_line_until_Ctrl_C()
    {
        var study = await coordinator.Client.CreateStudyAsync("piped");
        study.Tell(study.Ask(), 9);
        await using var watch = RunningCtl.Start("watch", "--storage", coordinator.Url, "--study-name", "piped", "--every", "0.1");
        await KeepTellingAsync(study, () => watch.Lines.Count > 0);
        var pruned = study.Ask();
        pruned.Report(0.5, 1);
        study.Tell(pruned, state: TrialState.Pruned);
        study.Tell(study.Ask(), 0.42);
        var last = $"piped trial {pruned.Number + 1} COMPLETE 0.42";
        await watch.LineAsync(l => l == last, RunningCtl.Patience);

        watch.Interrupt();

        Assert.Equal(0, await watch.ExitAsync(RunningCtl.Patience));
        Assert.Contains($"piped trial {pruned.Number} PRUNED 0.5", watch.Lines);
        // What was there before is no news, and nothing is said twice.
        Assert.DoesNotContain("piped trial 0 COMPLETE 9.0", watch.Lines);
        Assert.Equal(watch.Lines.Distinct(), watch.Lines);
    }

    [Fact]
    public async Task It_ends_when_nobody_reads_its_lines_any_more()
    {
        var study = await coordinator.Client.CreateStudyAsync("head");
        await using var pipe = RunningCtl.Shell("eval \"$LINE\" | head -1", new()
        {
            ["LINE"] = RunningCtl.Line("watch", "--storage", coordinator.Url, "--study-name", "head", "--every", "0.1"),
        });

        await KeepTellingAsync(study, () => pipe.HasExited);

        Assert.Equal(0, await pipe.ExitAsync(RunningCtl.Patience));
        Assert.Single(pipe.Lines);
    }

    [Fact]
    public async Task On_a_terminal_it_is_a_table_until_the_study_is_gone()
    {
        var study = await coordinator.Client.CreateStudyAsync("seen");
        study.Tell(study.Ask(), 0.25);
        study.Ask();
        await using var watch = RunningCtl.OnTerminal("watch", "--storage", coordinator.Url, "--study-name", "seen", "--every", "0.1");
        await watch.LineAsync(l => l.Contains("0.25 (trial 0)"), RunningCtl.Patience);

        await coordinator.Client.DeleteStudyAsync("seen");

        Assert.Equal(0, await watch.ExitAsync(RunningCtl.Patience));
    }

    [Fact]
    public async Task Studies_come_change_and_go()
    {
        await coordinator.Client.CreateStudyAsync("old");
        using var stop = new CancellationTokenSource();
        await using var written = new StringWriter();
        var output = TextWriter.Synchronized(written);
        var watching = new WatchLines(coordinator.Client, output, TimeSpan.FromMilliseconds(50)).AllAsync(stop.Token);
        // What comes before the first look is no news.
        for (var i = 0; !written.ToString().Contains("CREATED"); i++)
        {
            await coordinator.Client.CreateStudyAsync($"probe {i}");
            await Task.Delay(200);
        }

        var study = await coordinator.Client.CreateStudyAsync("new", [StudyDirection.Minimize, StudyDirection.Maximize]);
        await SaysAsync("new CREATED");
        var trial = study.Ask();
        await SaysAsync("new trial 0 RUNNING");
        trial.SuggestFloat("x", 0, 1);
        study.Tell(trial, [1, 0.5]);
        await SaysAsync("new trial 0 COMPLETE 1.0 0.5");
        await study.PauseAsync();
        await SaysAsync("new PAUSED");
        await coordinator.Client.RenameStudyAsync("new", "newer");
        await SaysAsync("new RENAMED newer");
        study.EnqueueTrial(new Dictionary<string, object?> { ["x"] = 0.5 });
        await SaysAsync("newer trial 1 WAITING");
        await coordinator.Client.DeleteStudyAsync("newer");
        await SaysAsync("newer DELETED");

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
        var lines = written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(lines.Distinct(), lines);

        Task SaysAsync(string line) => Until.TrueAsync(line, () => $"\n{written}".Contains($"\n{line}\n"), RunningCtl.Patience);
    }

    [Fact]
    public async Task The_tables_show_what_there_is()
    {
        var study = Study.Create("[hills]");
        study.Optimize(t => t.Number + 0.5, nTrials: 3);
        var summary = (await study.GetSummaryAsync()) with { Budget = 10, Mode = StudyMode.Paused };

        var list = Show(console => console.Write(WatchView.Of([(summary, 1.25)])));
        var one = Show(console => console.Write(WatchView.Of(summary, 0, [new TrialLease(7, new WorkerId("host/1/[a]"), null, false)])));

        Assert.Matches(@"\[hills\] +│ paused +│ +0 │ +0 │ +3 │ +0 │ +0 │ +0\.5 │ +1\.[23]", list);
        Assert.Matches(@"trials +3 of 10", one);
        Assert.Matches(@"best +0\.5 \(trial 0\)", one);
        Assert.Matches(@"7 │ host/1/\[a\]", one);

        static string Show(Action<IAnsiConsole> write)
        {
            using var text = new StringWriter();
            var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
            console.Profile.Width = 150;
            write(console);
            return text.ToString();
        }
    }

    [Fact]
    public void The_rate_is_that_of_the_last_half_minute()
    {
        var clock = new Clock();
        var rate = new Rate(clock);

        Assert.Equal(0, rate.At(1000));
        clock.Now = TimeSpan.FromSeconds(10);
        Assert.Equal(5, rate.At(1050));
        clock.Now = TimeSpan.FromSeconds(60);
        Assert.Equal(1, rate.At(1100));
        clock.Now = TimeSpan.FromSeconds(100);
        Assert.Equal(0, rate.At(1100));
    }

    [Theory]
    [InlineData("--every", "--every", "0")]
    [InlineData("'no such'", "--study-name", "no such")]
    public async Task Wrong_input_is_refused_by_name(string named, params string[] args) =>
        Assert.Contains(named, await CtlHere.RefusalAsync(["watch", "--storage", coordinator.Url, .. args]));

    // A program that has just been started says nothing of what happened before it looked.
    private static Task KeepTellingAsync(Study study, Func<bool> until) => Until.TrueAsync("it was heard", () =>
    {
        if (!until())
            study.Tell(study.Ask(), 1);
        return until();
    }, RunningCtl.Patience);

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
