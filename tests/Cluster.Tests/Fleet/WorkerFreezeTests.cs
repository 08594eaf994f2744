using Optuna.Tests.Storage;
using Optuna.Trials;

namespace Optuna.Tests.Fleet;

public sealed class WorkerFreezeTests(DatabaseFixture database) : FleetTest(database)
{
    [Fact]
    public async Task A_worker_frozen_past_its_lease_wakes_up_changes_nothing_and_is_told_so()
    {
        var coordinator = await CoordinatorAsync(await MariaDbStorageAsync());
        var study = await (await ClientAsync(coordinator)).CreateStudyAsync("s");
        var worker = Worker(coordinator, "s", "--objective", Objective<Gated>(), "--n-trials", "1");
        await Until.TrueAsync("the trial has begun", async () => (await study.GetTrialsAsync()) is [{ UserAttrs.IsEmpty: false }], Patience);

        worker.Freeze();
        await Until.TrueAsync("its lease has run out", async () => (await study.GetTrialsAsync())[0].State == TrialState.Waiting, Patience);
        var again = await study.AskAsync();
        worker.Thaw();
        WriteFile(Gated.File, "");

        await worker.LineAsync(l => l.Contains("The result of trial 0 does not count", StringComparison.Ordinal), Patience);
        Assert.Equal(TrialState.Running, (await study.GetTrialsAsync())[0].State);
        await study.TellAsync(again, [7]);
        Assert.Equal(0, await worker.ExitAsync(Patience));
        Assert.Equal(0, Budget.Evaluated(worker.Lines));
        Assert.Equal((0, 7.0), ((await study.GetTrialsAsync()).Single().Number, (await study.GetTrialsAsync()).Single().Value!.Value));
    }
}
