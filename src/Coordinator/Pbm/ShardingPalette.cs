using System.Globalization;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using Optuna.Cluster.Pbm.Grammar;
using Optuna.Cluster.Protocol;

namespace Optuna.Coordinator.Pbm;

/// <summary><c>cluster-sharding</c>: which coordinator holds which studies.</summary>
internal sealed class ShardingPalette(ActorSystem system)
{
    private const string Region = "region";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ClusterSharding _sharding = ClusterSharding.Get(system);
    private readonly Akka.Cluster.Cluster _cluster = Akka.Cluster.Cluster.Get(system);

    public Palette Palette => new("cluster-sharding", "How studies are spread over the coordinators.",
    [
        new("regions", "List the kinds of actors that are spread.", Access.Look, RegionsAsync),
        new("region-stats", "Show how many shards and actors of a kind each node has.", Access.Look, StatsAsync) { Parameters = [Kind] },
        new("shards", "List the shards of a kind: where each lies and how many actors it has.", Access.Look, ShardsAsync) { Parameters = [Kind] },
    ]);

    private static Parameter Kind => new(Region, "The kind, as 'cluster-sharding regions' lists them.", 'r') { Required = true };

    private async Task RegionsAsync(CommandCall call)
    {
        foreach (var region in _sharding.ShardTypeNames.Order(StringComparer.Ordinal))
            await call.Output.RowAsync(region, new { region }).ConfigureAwait(false);
    }

    private async Task StatsAsync(CommandCall call)
    {
        var (region, stats) = await AskAsync(call).ConfigureAwait(false);
        var state = _cluster.State;
        foreach (var member in state.Members)
        {
            // A member that did not answer in time is shown without numbers rather than with none.
            var known = stats.Regions.TryGetValue(member.Address, out var held);
            var (shards, entities) = (held?.Stats.Count, held?.Stats.Values.Sum());
            var unreachable = state.Unreachable.Contains(member);
            await call.Output.RowAsync(
                $"{MemberText.Of(member, unreachable)} [{OptunaSystem.CoordinatorRole}]({region}) | shards: {(known ? shards : "?")} | entities: {(known ? entities : "?")}",
                new { address = $"{member.Address}", region, unreachable, shards, entities }).ConfigureAwait(false);
        }
    }

    private async Task ShardsAsync(CommandCall call)
    {
        var (region, stats) = await AskAsync(call).ConfigureAwait(false);
        var shards = stats.Regions
            .SelectMany(r => r.Value.Stats.Select(s => (Shard: s.Key, Address: r.Key, Entities: s.Value)))
            .OrderBy(s => int.TryParse(s.Shard, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue)
            .ThenBy(s => s.Shard, StringComparer.Ordinal)
            .ToList();
        foreach (var (shard, address, entities) in shards)
            await call.Output.RowAsync($"{region} {shard} | {address} | entities: {entities}", new { region, shard, address = $"{address}", entities }).ConfigureAwait(false);
        await call.Output.RowAsync($"Count: {shards.Count} shards", null).ConfigureAwait(false);
    }

    private async Task<(string Region, ClusterShardingStats Stats)> AskAsync(CommandCall call)
    {
        var region = call.Value(Region);
        if (!_sharding.ShardTypeNames.Contains(region))
            throw new CommandRefusedException($"There is no region '{region}': {string.Join(", ", _sharding.ShardTypeNames.Order(StringComparer.Ordinal))}.");
        var stats = await _sharding.ShardRegion(region)
            .Ask<ClusterShardingStats>(new GetClusterShardingStats(Patience), Patience * 2, call.Cancel).ConfigureAwait(false);
        return (region, stats);
    }
}
