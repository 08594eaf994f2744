using System.Diagnostics;
using Optuna.Testing.Storage;
using Optuna.Tests.Storage;

namespace Optuna.Tests.Fleet;

public sealed class DatabaseOutageTests(DatabaseFixture database, ITestOutputHelper output) : FleetTest(database)
{
    // The database is tried again every 2 s (circuit breaker), clients ask again every 2 s, and recovery takes what it
    // takes; a read lost around the half-open breaker costs 5 s more (recovery time-out). The rest is for a busy machine.
    private static readonly TimeSpan Back = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_database_killed_for_ten_seconds_loses_nothing_and_every_study_answers_soon_after_its_return()
    {
        // A server of its own: the shared one must stay up for the others.
        await using var server = await MariaDbServer.StartAsync();
        var coordinator = await CoordinatorAsync(await server.CreateDatabaseAsync(), lease: "30s");
        var client = await ClientAsync(coordinator);
        using var end = new CancellationTokenSource();
        var studies = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => client.CreateStudyAsync($"s{i}")));
        var witnesses = studies.Select(s => new Acknowledged(s)).ToList();
        var running = witnesses.Select(w => w.RunAsync(end.Token)).ToList();
        var budget = await client.CreateStudyAsync("budget");
        var worker = Worker(coordinator, "budget", "--objective", Objective<Bowl>(), "--slots", "2", "--n-trials", "2000");
        await Until.TrueAsync("all are under way",
            async () => witnesses.All(w => w.Count > 20) && (await budget.GetSummaryAsync()).Counts.Complete > 20, Patience);

        await server.KillAsync();
        await Task.Delay(TimeSpan.FromSeconds(10));
        var before = witnesses.Select(w => w.Count).ToList();
        await server.StartAgainAsync();
        var since = Stopwatch.StartNew();
        var back = await Task.WhenAll(witnesses.Select(
            (w, i) => Until.TrueAsync($"study {i} goes on", () => w.Count > before[i], Back)));
        output.WriteLine($"studies answered again after {string.Join(", ", back.Select(t => $"{t.TotalSeconds:0.0}"))} s");

        Assert.Equal(0, await worker.ExitAsync(Patience + Patience));
        await end.CancelAsync();
        await Task.WhenAll(running);
        Assert.False(coordinator.Process.HasExited);
        foreach (var (study, witness) in studies.Zip(witnesses))
            witness.AssertKept(await study.GetTrialsAsync());
        await Budget.AssertSpentAsync(budget, 2000);
    }
}
