using MySqlConnector;
using Optuna.Cluster.Protocol;
using Optuna.Cluster.Serialization;
using Optuna.Coordinator.Storage;
using Optuna.Tests.Storage;

namespace Optuna.Tests.Fleet;

public sealed class NodeDrainTests(DatabaseFixture database) : FleetTest(database)
{
    private const string Quick = "akka.cluster.sharding.rebalance-interval = 1s";

    [Fact]
    public async Task A_drained_node_hands_its_studies_over_and_takes_no_more_and_no_request_fails()
    {
        var storage = await MariaDbStorageAsync();
        var (first, second) = (await CoordinatorAsync(storage, lease: "20s", more: Quick), await CoordinatorAsync(storage, lease: "20s", more: Quick));
        var client = await ClientAsync(second);
        var studies = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => client.CreateStudyAsync($"s{i}")));
        using var end = new CancellationTokenSource();
        var witnesses = studies.Select(s => new Acknowledged(s)).ToList();
        var running = witnesses.ConvertAll(w => w.RunAsync(end.Token));
        await Until.TrueAsync("every study is under way", () => witnesses.All(w => w.Count > 10), Patience);

        await client.DrainNodeAsync(Name(second));
        await Until.TrueAsync("the first hosts every study", async () => await AllAtAsync(storage, first), Patience);
        await client.CreateStudyAsync("later");
        Assert.True(await AllAtAsync(storage, first));
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => client.DrainNodeAsync(Name(first)));
        Assert.Contains($"without {Name(first)} no coordinator would host studies", refused.Message, StringComparison.Ordinal);

        // The other way round, by the command line.
        Assert.Equal(0, await Run("optuna-ctl", "resume-node", "--node", Name(second), "--storage", first.Url).ExitAsync(Patience));
        Assert.Equal(0, await Run("optuna-ctl", "drain-node", "--node", Name(first), "--storage", first.Url).ExitAsync(Patience));
        var list = Run("optuna-ctl", "drained-nodes", "--storage", first.Url);
        Assert.Equal(0, await list.ExitAsync(Patience));
        Assert.Equal([Name(first)], list.Lines);
        await Until.TrueAsync("the second hosts every study", async () => await AllAtAsync(storage, second), Patience);

        var before = witnesses.ConvertAll(w => w.Count);
        await Until.TrueAsync("every study goes on", () => witnesses.Select((w, i) => w.Count > before[i]).All(on => on), Patience);
        await end.CancelAsync();
        await Task.WhenAll(running);
        foreach (var (study, witness) in studies.Zip(witnesses))
            witness.AssertKept(await study.GetTrialsAsync());
    }

    private static string Name(Node node) => $"127.0.0.1:{node.Port}";

    // Whoever takes a study over writes so into its journal first.
    private static async Task<bool> AllAtAsync(string storage, Node node)
    {
        await using var connection = new MySqlConnection(StorageUrl.Parse(storage).ConnectionString);
        await connection.OpenAsync();
        await using var command = new MySqlCommand(
            """
            SELECT message FROM optuna_journal JOIN
              (SELECT persistence_id AS id, MAX(sequence_number) AS last FROM optuna_journal WHERE manifest = 'journal-claimed/1' GROUP BY persistence_id) AS claims
              ON persistence_id = id AND sequence_number = last
            """,
            connection);
        await using var reader = await command.ExecuteReaderAsync();
        var owners = new List<string>();
        while (await reader.ReadAsync())
            owners.Add(((JournalClaimed)SerializerTable.Of("journal-claimed/1").Read((byte[])reader.GetValue(0))).By);
        return owners.Count > 0 && owners.TrueForAll(o => o.EndsWith($":{node.Port}", StringComparison.Ordinal));
    }
}
