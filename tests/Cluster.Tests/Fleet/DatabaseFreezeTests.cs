using System.Diagnostics;
using Optuna.Testing.Storage;
using Optuna.Tests.Storage;

namespace Optuna.Tests.Fleet;

/// <summary>A database that takes connections and answers nothing: what has been decided cannot be written, and nobody is told that it failed.</summary>
public sealed class DatabaseFreezeTests(DatabaseFixture database, ITestOutputHelper output) : FleetTest(database)
{
    private const int Askers = 200;

    [Fact]
    public async Task A_database_frozen_under_many_waiting_askers_drops_nobody_and_fills_no_memory()
    {
        await using var server = await MariaDbServer.StartAsync();
        var coordinator = await CoordinatorAsync(await server.CreateDatabaseAsync(), lease: "60s");
        var client = await ClientAsync(coordinator);
        var study = await client.CreateStudyAsync("s");
        using var end = new CancellationTokenSource();
        var witness = new Acknowledged(await client.CreateStudyAsync("witness"));
        var running = witness.RunAsync(end.Token);
        await Until.TrueAsync("all is under way", () => witness.Count > 20, Patience);
        var before = Memory(coordinator);

        server.Freeze();
        // Nobody waits for another one's answer: all of them are in the coordinator, and each asks again every two seconds.
        var asked = Enumerable.Range(0, Askers).Select(_ => study.AskAsync().AsTask()).ToList();
        await Task.Delay(TimeSpan.FromSeconds(12));
        var grown = Memory(coordinator) - before;
        server.Thaw();

        var trials = await Task.WhenAll(asked);
        Assert.Equal(Enumerable.Range(0, Askers), trials.Select(t => t.Number).Order());
        await Task.WhenAll(trials.Select(t => study.TellAsync(t, [t.Number]).AsTask()));
        Assert.Equal(Enumerable.Range(0, Askers).Select(n => (double)n), (await study.GetTrialsAsync()).Select(t => t.Value!.Value));
        var count = witness.Count;
        await Until.TrueAsync("the other study goes on", () => witness.Count > count, Patience);
        await end.CancelAsync();
        await running;
        witness.AssertKept(await (await client.LoadStudyAsync("witness")).GetTrialsAsync());
        Assert.False(coordinator.Process.HasExited);
        output.WriteLine($"the coordinator grew by {grown >> 20} MiB");
        Assert.True(grown < 256L << 20, $"The coordinator grew by {grown >> 20} MiB while the database was frozen.");
    }

    [Fact]
    public async Task A_coordinator_killed_between_deciding_and_journaling_has_promised_nothing_and_everybody_asks_again()
    {
        await using var server = await MariaDbServer.StartAsync();
        var storage = await server.CreateDatabaseAsync();
        var coordinator = await CoordinatorAsync(storage, lease: "60s");
        var client = await ClientAsync(coordinator);
        var study = await client.CreateStudyAsync("s");
        var told = await study.AskAsync();
        var reported = await study.AskAsync();

        server.Freeze();
        // A start, a report and an end are decided and cannot be written.
        var ask = study.AskAsync().AsTask();
        var report = Task.Run(() => reported.Report(0.5, 1));
        var tell = study.TellAsync(told, [1]).AsTask();
        await Task.Delay(TimeSpan.FromSeconds(2));
        Assert.False(ask.IsCompleted || tell.IsCompleted, "An answer left before its event was written.");
        await coordinator.Process.KillAsync();
        server.Thaw();
        await CoordinatorAsync(storage, coordinator.Port, lease: "60s");

        await tell;
        await report;
        await study.TellAsync(await ask, [2]);
        await study.TellAsync(reported, [3]);
        var trials = await study.GetTrialsAsync();
        Assert.Equal([1.0, 3.0, 2.0], trials.Select(t => t.Value!.Value));
        Assert.Equal(0.5, trials[1].IntermediateValues[1]);
    }

    [Fact]
    public async Task A_worker_killed_while_its_trial_is_decided_and_not_journaled_costs_nothing()
    {
        await using var server = await MariaDbServer.StartAsync();
        var coordinator = await CoordinatorAsync(await server.CreateDatabaseAsync());
        var study = await (await ClientAsync(coordinator)).CreateStudyAsync("s");
        var victim = Worker(coordinator, "s", "--objective", Objective<Endless>(), "--slots", "4", "--n-trials", "10");
        await Until.TrueAsync("four trials begun", async () => (await study.GetTrialsAsync()).Count(t => !t.UserAttrs.IsEmpty) == 4, Patience);
        var late = Worker(coordinator, "s", "--objective", Objective<Endless>(), "--slots", "2", "--n-trials", "10");

        server.Freeze();
        await late.LineAsync(l => l.Contains("Working on study", StringComparison.Ordinal), Patience);
        await Task.Delay(TimeSpan.FromSeconds(1));
        await victim.KillAsync();
        await late.KillAsync();
        server.Thaw();

        // Whatever was written of them comes back, and whatever was not was nobody's.
        var next = Worker(coordinator, "s", "--objective", Objective<Bowl>(), "--slots", "2", "--n-trials", "10");
        Assert.Equal(0, await next.ExitAsync(Patience + Patience));
        await Budget.AssertSpentAsync(study, 10);
    }

    private static long Memory(Node coordinator)
    {
        using var process = Process.GetProcessById(coordinator.Process.Id);
        return process.WorkingSet64;
    }
}
