using Grpc.Core;

namespace Optuna.Tests.Contract;

/// <summary>What the tests of the storage contract have in common.</summary>
public abstract class ContractTest(ServedNode node) : IDisposable
{
    protected const string Unit = """{"name": "FloatDistribution", "attributes": {"step": null, "low": 0.0, "high": 1.0, "log": false}}""";
    protected const string Choice = """{"name": "CategoricalDistribution", "attributes": {"choices": ["a", "b", null, NaN]}}""";

    private protected StorageChannel Storage { get; } = new(node.Address);

    protected ServedNode Node { get; } = node;

    /// <summary>The call fails with this status, and says why.</summary>
    protected static async Task<string> RefusedAsync(StatusCode code, Func<Task> call)
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal(code, refusal.StatusCode);
        Assert.NotEmpty(refusal.Status.Detail);
        return refusal.Status.Detail;
    }

    protected static Task NotFoundAsync(Func<Task> call) => RefusedAsync(StatusCode.NotFound, call);

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        Storage.Dispose();
    }
}
