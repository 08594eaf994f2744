using System.Collections.Immutable;
using System.Globalization;
using Akka;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using Optuna.Cluster.Protocol;
using Optuna.Cluster.Sharding;
using Optuna.Coordinator.Catalog;
using Optuna.Coordinator.Gateway;
using Optuna.Coordinator.Studies;
using Optuna.Studies;

namespace Optuna.Coordinator.Hosting;

/// <summary>Key of the studies' shard region in the actor registry.</summary>
public sealed class StudyRegion;

/// <summary>Key of the catalogue's shard region in the actor registry.</summary>
public sealed class CatalogRegion;

/// <summary>Key of the gateway in the actor registry.</summary>
public sealed class ClientGateway;

/// <summary>The actors of a coordinator, in the order in which they need each other.</summary>
public static class StudyHostingExtensions
{
    /// <summary>Hosts studies on this node.</summary>
    public static AkkaConfigurationBuilder WithStudies(this AkkaConfigurationBuilder builder) =>
        builder.WithActors((system, registry) =>
        {
            var settings = StudySettings.From(system.Settings.Config);
            // Before the first study, so that it misses nothing of it.
            system.ActorOf(Props.Create(() => new StudyNews(TimeProvider.System)), StudyNews.Path);
            var sharding = ClusterSharding.Get(system);
            var shards = ClusterShardingSettings.Create(system).WithRole(OptunaSystem.CoordinatorRole);
            registry.Register<StudyRegion>(sharding.Start(
                StudyShards.TypeName,
                id => Props.Create(() => new StudyActor(
                    new StudyId(int.Parse(id, CultureInfo.InvariantCulture)), settings, TimeProvider.System)),
                shards,
                new StudyExtractor(),
                Allocation(system, sharding, shards),
                StudyActor.MoveAway.Instance));
        });

    /// <summary>Hosts the catalogue on one of the nodes; needs <see cref="WithStudies"/>.</summary>
    public static AkkaConfigurationBuilder WithCatalog(this AkkaConfigurationBuilder builder) =>
        builder.WithActors((system, registry) =>
        {
            var studies = registry.Get<StudyRegion>();
            var defaults = StudyDefaults.From(system.Settings.Config);
            var isShared = StudySettings.From(system.Settings.Config).ClaimsJournal;
            var sharding = ClusterSharding.Get(system);
            var shards = ClusterShardingSettings.Create(system).WithRole(OptunaSystem.CoordinatorRole);
            var cluster = Akka.Cluster.Cluster.Get(system);
            var catalog = sharding.Start(
                CatalogShards.TypeName,
                _ => Props.Create(() => new CatalogActor(studies, defaults, () => Coordinators(cluster), isShared)),
                shards,
                new CatalogExtractor(),
                Allocation(system, sharding, shards),
                PoisonPill.Instance);
            registry.Register<CatalogRegion>(catalog);
            system.ActorOf(Props.Create(() => new DrainedNodes.Watch(catalog, DrainedNodes.Of(system))), "drained-nodes");
        });

    /// <summary>Lets clients in; needs <see cref="WithStudies"/> and <see cref="WithCatalog"/>.</summary>
    public static AkkaConfigurationBuilder WithGateway(this AkkaConfigurationBuilder builder) =>
        builder.WithActors((system, registry) =>
        {
            var (studies, catalog) = (registry.Get<StudyRegion>(), registry.Get<CatalogRegion>());
            var lease = StudySettings.From(system.Settings.Config).Lease;
            var cluster = Akka.Cluster.Cluster.Get(system);
            var gateway = system.ActorOf(
                Props.Create(() => new GatewayActor(studies, catalog, lease, () => Coordinators(cluster))), OptunaSystem.GatewayName);
            registry.Register<ClientGateway>(gateway);
            CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "send-clients-elsewhere",
                () => gateway.Ask<Done>(GatewayActor.Leave.Instance, TimeSpan.FromSeconds(2)));
        });

    private static DrainingAllocation Allocation(ActorSystem system, ClusterSharding sharding, ClusterShardingSettings shards) =>
        new(sharding.DefaultShardAllocationStrategy(shards), DrainedNodes.Of(system), Akka.Cluster.Cluster.Get(system).SelfAddress);

    private static ImmutableArray<string> Coordinators(Akka.Cluster.Cluster cluster) =>
    [
        .. cluster.State.Members
            .Where(m => m.Status == MemberStatus.Up && m.HasRole(OptunaSystem.CoordinatorRole))
            .Select(m => $"{m.Address.Host}:{m.Address.Port}"),
    ];
}
