using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding;

namespace Optuna.Coordinator.Hosting;

/// <summary>Places shards as another strategy does, but none on a drained node while there are others; those it has move away.</summary>
/// <param name="self">Address of this node: its own regions bear none.</param>
internal sealed class DrainingAllocation(IShardAllocationStrategy inner, DrainedNodes drained, Address self) : IActorSystemDependentAllocationStrategy
{
    public void Start(ActorSystem system) => (inner as IActorSystemDependentAllocationStrategy)?.Start(system);

    public Task<IActorRef> AllocateShard(
        IActorRef requester, string shardId, IImmutableDictionary<IActorRef, IImmutableList<string>> currentShardAllocations) =>
        inner.AllocateShard(requester, shardId, Open(currentShardAllocations));

    public Task<IImmutableSet<string>> Rebalance(
        IImmutableDictionary<IActorRef, IImmutableList<string>> currentShardAllocations, IImmutableSet<string> rebalanceInProgress)
    {
        var open = Open(currentShardAllocations);
        var leaving = currentShardAllocations.Where(a => !open.ContainsKey(a.Key)).SelectMany(a => a.Value).Except(rebalanceInProgress).ToImmutableHashSet();
        return leaving.IsEmpty
            ? inner.Rebalance(open, rebalanceInProgress)
            : Task.FromResult<IImmutableSet<string>>(leaving);
    }

    // If an operator has drained them all, or the others died, whoever is there serves.
    private IImmutableDictionary<IActorRef, IImmutableList<string>> Open(IImmutableDictionary<IActorRef, IImmutableList<string>> all)
    {
        if (!drained.Any)
            return all;
        var open = all.Where(a => !drained.Contains(a.Key.Path.Address.Host is null ? self : a.Key.Path.Address)).ToImmutableDictionary();
        return open.IsEmpty ? all : open;
    }
}
