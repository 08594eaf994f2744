using System.Diagnostics;
using Optuna.Tests.Storage;
using Optuna.Trials;

namespace Optuna.Tests.Fleet;

public sealed class WorkerStopTests(DatabaseFixture database) : FleetTest(database)
{
    [Fact]
    public async Task A_worker_told_to_end_gives_its_trials_back_at_once()
    {
        // A lease that would never run out in this test.
        var coordinator = await CoordinatorAsync(SqliteStorage, lease: "10m");
        var client = await ClientAsync(coordinator);
        var study = await client.CreateStudyAsync("s");
        var worker = Worker(coordinator, "s", "--objective", Objective<Endless>(), "--slots", "3");
        await Until.TrueAsync("three trials begun", async () => (await study.GetTrialsAsync()).Count(t => !t.UserAttrs.IsEmpty) == 3, Patience);
        var before = await study.GetTrialsAsync();

        worker.Terminate();

        Assert.Equal(0, await worker.ExitAsync(Patience));
        var after = await study.GetTrialsAsync();
        Assert.All(after, t => Assert.Equal(TrialState.Waiting, t.State));
        var next = Worker(coordinator, "s", "--objective", Objective<Bowl>(), "--n-trials", "3");
        Assert.Equal(0, await next.ExitAsync(Patience));
        var all = await Budget.AssertSpentAsync(study, 3);
        Assert.All(before, t => Assert.Equal(t.Params["x"], all[t.Number].Params["x"]));
    }

    [Fact]
    public async Task A_worker_told_to_end_leaves_no_program_behind_even_one_that_ignores_the_signal()
    {
        var coordinator = await CoordinatorAsync(SqliteStorage, lease: "10m");
        var client = await ClientAsync(coordinator);
        var study = await client.CreateStudyAsync("s");
        var space = WriteFile("space.json", Exec.Space);
        var sign = Path.Combine(Folder, "pid");
        var worker = Worker(coordinator, "s", "--exec", $"echo $$ > '{sign}.part'; mv '{sign}.part' '{sign}'; {Exec.Stubborn}", "--search-space", space, "--exec-grace", "1");
        await Until.TrueAsync("the program runs", () => File.Exists(sign), Patience);
        var child = int.Parse(await File.ReadAllTextAsync(sign), System.Globalization.CultureInfo.InvariantCulture);

        worker.Terminate();

        Assert.Equal(0, await worker.ExitAsync(Patience));
        Assert.False(IsRunning(child), $"The program {child} outlived its worker.");
        Assert.Equal(1, (await study.GetSummaryAsync()).Counts.Waiting);
    }

    [Fact]
    public async Task Workers_wait_for_a_coordinator_that_is_not_there_yet()
    {
        var coordinator = await CoordinatorAsync(SqliteStorage);
        await (await ClientAsync(coordinator)).CreateStudyAsync("s");
        await coordinator.Process.KillAsync();
        var worker = Worker(coordinator, "s", "--objective", Objective<Bowl>(), "--n-trials", "5");
        await worker.LineAsync(l => l.Contains("No coordinator answered", StringComparison.Ordinal), Patience);

        var again = await CoordinatorAsync(SqliteStorage, coordinator.Port);

        Assert.Equal(0, await worker.ExitAsync(Patience));
        await Budget.AssertSpentAsync(await (await ClientAsync(again)).LoadStudyAsync("s"), 5);
    }

    // A process that ended and was not buried yet still has its number.
    private static bool IsRunning(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[stat.LastIndexOf(')')..].Split(' ')[1] is not ("Z" or "X");
        }
        catch (IOException)
        {
            return false;
        }
    }
}
