using Optuna.Tests.Storage;

namespace Optuna.Tests.Fleet;

public sealed class SnapshotOutageTests(DatabaseFixture database) : FleetTest(database)
{
    [Fact]
    public async Task Snapshots_that_cannot_be_written_cost_a_line_in_the_log_and_the_journal_has_everything()
    {
        var storage = await MariaDbStorageAsync();
        var name = new Uri(storage).AbsolutePath[1..];
        var node = await CoordinatorAsync(storage, more: "optuna.study.snapshot-every = 40");
        var study = await (await ClientAsync(node)).CreateStudyAsync("s");
        await Server.ExecuteAsync($"RENAME TABLE {name}.optuna_snapshot TO {name}.away");

        using var end = new CancellationTokenSource();
        var witness = new Acknowledged(study);
        var running = witness.RunAsync(end.Token);
        await node.Process.LineAsync(l => l.Contains("could not be written; the journal has it all", StringComparison.Ordinal), Patience);
        var before = witness.Count;
        await Until.TrueAsync("the study goes on", () => witness.Count > before + 40, Patience);

        await Server.ExecuteAsync($"RENAME TABLE {name}.away TO {name}.optuna_snapshot");
        before = witness.Count;
        await Until.TrueAsync("the study goes on with snapshots", () => witness.Count > before + 40, Patience);
        await end.CancelAsync();
        await running;
        await node.Process.KillAsync();

        var again = await CoordinatorAsync(storage);
        witness.AssertKept(await (await (await ClientAsync(again)).LoadStudyAsync("s")).GetTrialsAsync());
    }
}
