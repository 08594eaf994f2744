using Optuna.Testing.Storage;
using Optuna.Tests.Storage;

namespace Optuna.Tests.Fleet;

public sealed class LossWithoutDatabaseTests(DatabaseFixture database) : FleetTest(database)
{
    // Exit code of a coordinator that was put out, or that nobody let go on.
    private const int EndedByItself = 3;

    [Fact]
    public async Task A_coordinator_that_misses_another_while_the_database_is_away_does_not_go_on_by_itself()
    {
        await using var server = await MariaDbServer.StartAsync();
        var storage = await server.CreateDatabaseAsync();
        const string Patient = "akka.coordination.lease-mysql.lease-operation-timeout = 5s";
        var (first, second) = (await CoordinatorAsync(storage, more: Patient), await CoordinatorAsync(storage, more: Patient));
        var study = await (await ClientAsync(first)).CreateStudyAsync("s");
        using var end = new CancellationTokenSource();
        var witness = new Acknowledged(study);
        var running = witness.RunAsync(end.Token);
        await Until.TrueAsync("the study is under way", () => witness.Count > 10, Patience);

        await server.KillAsync();
        await second.Process.KillAsync();
        Assert.Equal(EndedByItself, await first.Process.ExitAsync(Patience));

        // As its supervisor would start it; the client waits for it at the address it knows.
        await server.StartAgainAsync();
        var again = await CoordinatorAsync(storage, first.Port);
        var before = witness.Count;
        await Until.TrueAsync("the study goes on", () => witness.Count > before, Patience);
        await end.CancelAsync();
        await running;
        Assert.False(again.Process.HasExited);
        witness.AssertKept(await study.GetTrialsAsync());
    }
}
