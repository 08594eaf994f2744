using System.Diagnostics;
using Optuna.Studies;
using Optuna.Trials;
using Optuna.Worker.Objectives;
using Xunit;

namespace Optuna.Tests.Objectives;

public sealed class ExecEndingTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Pruning_says_so_on_standard_input_and_then_sends_sigterm()
    {
        var options = Given.Script(_folder, """
            trap 'echo term > term; read line; echo "$line" > pruned; kill $sleeper; exit 0' TERM
            read params
            echo '{"step": 0, "value": 1}'
            echo '{"step": 1, "value": 2}'
            sleep 60 <&- >&- 2>&- & sleeper=$!
            wait $sleeper
            """);

        var trial = await Given.Run(options, Given.Study(new PruneFrom(1)));

        Assert.Equal(TrialState.Pruned, trial.State);
        Assert.Equal([2.0], trial.Values);
        Assert.Equal([0L, 1L], trial.IntermediateValues.Keys.Order());
        Assert.Equal("term\n", File.ReadAllText(_folder["term"]));
        Assert.Equal("{\"prune\": true}\n", File.ReadAllText(_folder["pruned"]));
    }

    [Fact]
    public async Task A_pruned_program_that_ignores_sigterm_is_killed_after_the_grace()
    {
        var options = Given.Script(_folder, """
            trap '' TERM
            echo $$ > pid
            echo '{"step": 0, "value": 1}'
            while true; do sleep 0.05; echo still here; done
            """) with { KillGrace = TimeSpan.FromMilliseconds(300) };
        var start = Stopwatch.GetTimestamp();

        var trial = await Given.Run(options, Given.Study(new PruneFrom(0)));

        Assert.Equal(TrialState.Pruned, trial.State);
        Assert.True(Stopwatch.GetElapsedTime(start) >= options.KillGrace);
        Assert.False(Children.IsRunning(Children.Pid(_folder["pid"])));
    }

    [Fact]
    public async Task A_program_that_has_closed_its_standard_input_is_pruned_all_the_same()
    {
        var trial = await Given.Run(
            Given.Command("""exec <&-; sleep 0.1; echo '{"step": 0, "value": 1}'; exec sleep 60"""), Given.Study(new PruneFrom(0)));

        Assert.Equal(TrialState.Pruned, trial.State);
    }

    [Fact]
    public async Task A_program_that_takes_a_moment_after_sigterm_is_given_it_even_when_the_shell_is_gone()
    {
        _folder.Write("inner.sh", """
            trap 'i=0; while [ $i -lt 3000 ]; do echo line $i of my last words; i=$((i+1)); done; sleep 0.3; echo saved > saved; exit' TERM
            echo '{"step": 0, "value": 1}'
            while true; do sleep 0.02; done
            """);
        var options = Given.Command("sh ./inner.sh; true") with { WorkingDirectory = _folder.Full, KillGrace = TimeSpan.FromSeconds(15) };

        var trial = await Given.Run(options, Given.Study(new PruneFrom(0)));

        Assert.Equal(TrialState.Pruned, trial.State);
        Assert.Equal("saved\n", File.ReadAllText(_folder["saved"]));
    }

    [Theory]
    [InlineData("setsid")]
    [InlineData("perl")]
    [InlineData("none")]
    public async Task Cancellation_ends_the_whole_tree(string leader)
    {
        var group = leader switch
        {
            "setsid" => ProcessGroup.Setsid(),
            "perl" => ProcessGroup.Perl(),
            _ => ProcessGroup.None,
        };
        Assert.SkipWhen(group is null, $"{leader} is not installed");
        var options = Given.Script(_folder, """
            echo $$ > shell
            (sh -c 'echo $$ > grandchild; trap "" TERM; while true; do sleep 1; done') &
            wait
            """) with { KillGrace = TimeSpan.FromMilliseconds(200) };
        var study = Given.Study();
        using var cancel = new CancellationTokenSource();

        var run = study.OptimizeAsync(new ExecObjective(options, TextWriter.Null, group), nTrials: 1, cancellationToken: cancel.Token);
        await Given.Until(() => Has("shell") && Has("grandchild"), "both shells have started");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);

        Assert.Equal(TrialState.Fail, study.Trials.Single().State);
        await Given.Until(() => !Children.IsRunning(Children.Pid(_folder["grandchild"])), "the grandchild has ended");
        Assert.False(Children.IsRunning(Children.Pid(_folder["shell"])));
    }

    [Fact]
    public async Task Cancellation_before_the_start_starts_nothing()
    {
        var study = Given.Study();
        var objective = new ExecObjective(Given.Command($"touch '{_folder["started"]}'"), TextWriter.Null);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await objective.EvaluateAsync(study.Ask(), new CancellationToken(canceled: true)));

        Assert.False(File.Exists(_folder["started"]));
    }

    [Fact]
    public async Task A_trial_that_takes_longer_than_its_limit_fails()
    {
        var failure = await Given.Failure(Given.Command("exec sleep 60") with { Timeout = TimeSpan.FromMilliseconds(200) });

        Assert.Contains("took longer than 00:00:00.2", failure);
    }

    [Fact]
    public async Task A_program_ended_while_it_is_still_starting_leaves_nothing()
    {
        var mark = $"optuna-mark-{Guid.NewGuid():N}";
        var study = Given.Study(name: mark);

        for (var i = 0; i < 30; i++)
            await Given.Failure(Given.Command("sleep 60; true") with { Timeout = TimeSpan.FromMilliseconds(0.1 + (i * 0.2)) }, study);

        await Given.Until(() => Children.With(mark).Count == 0, "all processes of the study have ended");
    }

    [Fact]
    public async Task A_limit_is_kept_when_the_program_has_closed_its_output()
    {
        var failure = await Given.Failure(Given.Command("exec sleep 60 >&- 2>&-") with { Timeout = TimeSpan.FromMilliseconds(200) });

        Assert.Contains("took longer", failure);
    }

    [Fact]
    public async Task What_a_program_leaves_running_is_ended_and_does_not_hold_up_the_trial()
    {
        var options = Given.Command("""sleep 300 & echo $! > left; echo '{"value": 1}'""")
            with { WorkingDirectory = _folder.Full, KillGrace = TimeSpan.FromMilliseconds(200) };

        var trial = await Given.Run(options);

        Assert.Equal(TrialState.Complete, trial.State);
        await Given.Until(() => !Children.IsRunning(Children.Pid(_folder["left"])), "what was left has ended");
    }

    [Fact]
    public async Task A_report_that_the_study_refuses_ends_the_program()
    {
        var study = Given.Study(directions: [StudyDirection.Minimize, StudyDirection.Minimize]);
        var options = Given.Script(_folder, """
            echo $$ > pid
            echo '{"step": 0, "value": 1}'
            exec sleep 60
            """);

        await Assert.ThrowsAsync<ArgumentException>(() => study.OptimizeAsync(new ExecObjective(options, TextWriter.Null), nTrials: 1));

        Assert.False(Children.IsRunning(Children.Pid(_folder["pid"])));
    }

    [Fact]
    public async Task Two_hundred_trials_leave_no_process_and_no_open_file()
    {
        var mark = $"optuna-mark-{Guid.NewGuid():N}";
        var study = Given.Study(name: mark);
        var objective = new ExecObjective(Given.Command("""read params; echo '{"value": 1}'"""), TextWriter.Null);
        await study.OptimizeAsync(objective, nTrials: 8, nJobs: 4);
        var files = Children.OpenFiles();

        await study.OptimizeAsync(objective, nTrials: 192, nJobs: 4);

        Assert.Equal(200, study.GetTrials(TrialState.Complete).Length);
        await Given.Until(() => Children.With(mark).Count == 0, "all processes of the study have ended");
        await Given.Until(() => Children.Zombies() == 0, "no zombies");
        await Given.Until(() => Children.OpenFiles() <= files + 20, "the files of the trials are closed");
    }

    [Fact]
    public async Task Waiting_for_many_programs_takes_no_thread_each()
    {
        var study = Given.Study();
        var objective = new ExecObjective(Given.Command($"touch '{_folder.Full}'/$OPTUNA_TRIAL_NUMBER; exec sleep 60"), TextWriter.Null);
        using var cancel = new CancellationTokenSource();
        var before = ThreadPool.ThreadCount;
        var trials = Enumerable.Range(0, 40).Select(_ => objective.EvaluateAsync(study.Ask(), cancel.Token).AsTask()).ToList();

        await Given.Until(() => Directory.GetFiles(_folder.Full).Length == 40, "all have started");
        var threads = ThreadPool.ThreadCount - before;
        await cancel.CancelAsync();
        await Given.Until(() => trials.TrueForAll(t => t.IsCompleted), "all have ended");

        Assert.All(trials, t => Assert.True(t.IsCanceled));
        Assert.True(threads < 20, $"{threads} threads more");
    }

    private bool Has(string file) => File.Exists(_folder[file]) && File.ReadAllText(_folder[file]).EndsWith('\n');
}
