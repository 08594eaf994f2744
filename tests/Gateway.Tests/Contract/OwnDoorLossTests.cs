using Grpc.Core;
using Optuna.Tests.Fleet;
using Optuna.Tests.Storage;
using W = Optuna.Coordinator.Gateway.Grpc.Wire;

namespace Optuna.Tests.Contract;

/// <summary>The coordinator a storage client talks to dies: its protocol knows no other.</summary>
public sealed class OwnDoorLossTests(DatabaseFixture database) : FleetTest(database)
{
    [Fact]
    public async Task A_call_to_a_coordinator_that_is_gone_fails_with_UNAVAILABLE_and_what_was_answered_before_is_kept()
    {
        var storage = await MariaDbStorageAsync();
        var (door, other) = (await CoordinatorAsync(storage), await CoordinatorAsync(storage));
        using var client = new StorageChannel($"http://{door.Grpc}");
        var study = await client.CreateStudyAsync("s");
        var told = await client.CreateTrialAsync(study);
        Assert.True(await client.SetStateAsync(told, W.TrialState.Complete, 0.5));
        var open = await client.CreateTrialAsync(study);

        await door.Process.KillAsync();
        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => client.SetStateAsync(open, W.TrialState.Complete, 1))).StatusCode);

        // By the other address all goes on; its calls stall until the study is there.
        using var moved = new StorageChannel($"http://{other.Grpc}");
        var kept = await moved.TrialAsync(told);
        Assert.Equal((W.TrialState.Complete, 0.5), (kept.State, Assert.Single(kept.Values)));
        Assert.True(await moved.SetStateAsync(open, W.TrialState.Complete, 1));
    }
}
