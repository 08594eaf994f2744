using Optuna.Tests.Storage;

namespace Optuna.Tests.Fleet;

public sealed class CoordinatorLossTests(DatabaseFixture database, ITestOutputHelper output) : FleetTest(database)
{
    [Theory]
    [InlineData("MariaDB")]
    [InlineData("SQLite")]
    public async Task A_coordinator_killed_and_started_again_has_lost_nothing_acknowledged_and_everybody_goes_on(string database)
    {
        var storage = database == "SQLite" ? SqliteStorage : await MariaDbStorageAsync();
        var coordinator = await CoordinatorAsync(storage);
        var client = await ClientAsync(coordinator);
        var (a, b) = (await client.CreateStudyAsync("a"), await client.CreateStudyAsync("b"));
        using var end = new CancellationTokenSource();
        var acknowledged = new Acknowledged(b);
        var witness = acknowledged.RunAsync(end.Token);
        var workers = Enumerable.Range(0, 2)
            .Select(_ => Worker(coordinator, "a", "--objective", Objective<Bowl>(), "--slots", "2", "--n-trials", "400")).ToList();
        await Until.TrueAsync("both studies are under way",
            async () => (await a.GetSummaryAsync()).Counts.Complete >= 40 && acknowledged.Count >= 40, Patience);

        await coordinator.Process.KillAsync();
        var (before, since) = (acknowledged.Count, TimeProvider.System.GetTimestamp());
        await CoordinatorAsync(storage, coordinator.Port);
        var up = TimeProvider.System.GetElapsedTime(since);
        await Until.TrueAsync("the client goes on", () => acknowledged.Count > before, Patience);
        output.WriteLine($"{database}: listening {up.TotalSeconds:0.0} s after the kill, first new result after {TimeProvider.System.GetElapsedTime(since).TotalSeconds:0.0} s");

        foreach (var worker in workers)
            Assert.Equal(0, await worker.ExitAsync(Patience + Patience));
        await end.CancelAsync();
        await witness;
        await Budget.AssertSpentAsync(a, 400);
        var ofB = await b.GetTrialsAsync();
        Assert.Equal(Enumerable.Range(0, ofB.Length), ofB.Select(t => t.Number));
        acknowledged.AssertKept(ofB);
    }

    [Fact]
    public async Task A_second_coordinator_on_the_same_SQLite_file_is_refused()
    {
        await CoordinatorAsync(SqliteStorage);

        var second = Run("optuna-coordinator", "--storage", SqliteStorage, "--port", "0");

        Assert.Equal(2, await second.ExitAsync(Patience));
        Assert.Contains("is in use by another coordinator", Assert.Single(second.Lines));
    }
}
