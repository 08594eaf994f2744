using Optuna.Tests.Fleet;
using Optuna.Tests.Storage;

namespace Optuna.Tests.PythonClients;

/// <summary>A real Python process walks through the storage protocol; the checks themselves are in python/*_checks.py.</summary>
public sealed class ProtocolWalkTests(DatabaseFixture database) : FleetTest(database)
{
    [Fact]
    public async Task A_Python_client_finds_every_rule_of_the_protocol_kept()
    {
        var coordinator = await CoordinatorAsync(SqliteStorage);

        await WalkAsync(coordinator.Grpc);
    }

    [Fact]
    public async Task What_a_Python_client_wrote_through_one_coordinator_it_reads_through_another()
    {
        var storage = await MariaDbStorageAsync();
        var (one, other) = (await CoordinatorAsync(storage), await CoordinatorAsync(storage));

        await WalkAsync(one.Grpc, other.Grpc);
        await WalkAsync(other.Grpc, one.Grpc);
    }

    private async Task WalkAsync(params string[] addresses)
    {
        var walk = RunCommand("walk", Python.Command, Python.Script("walk.py", addresses));
        var exit = await walk.ExitAsync(Patience + Patience);
        Assert.True(exit == 0, walk.Text);

        var said = Python.Objects(walk.Lines);
        Assert.Empty(said.Where(s => s.TryGetProperty("error", out var error) && error.ValueKind != System.Text.Json.JsonValueKind.Null)
            .Select(s => $"{s.GetProperty("check")}: {s.GetProperty("error")}"));
        Assert.Equal(said.Count - 1, said[^1].GetProperty("checks").GetInt32());
        Assert.NotEqual(0, said[^1].GetProperty("checks").GetInt32());
    }
}
