using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.SBR;
using Akka.Coordination;

namespace Optuna.Coordinator.Hosting.Downing;

/// <summary>
/// Who decides over coordinators that are not heard: <see cref="LeaseMajorityActor"/> for the strategy <c>lease-majority</c>,
/// Akka's split-brain resolver for every other.
/// </summary>
public sealed class CoordinatorDowningProvider(ActorSystem system, Akka.Cluster.Cluster cluster) : IDowningProvider
{
    private const string Resolver = "akka.cluster.split-brain-resolver";

    private readonly SplitBrainResolverProvider _akkas = new(system, cluster);

    public TimeSpan DownRemovalMargin => _akkas.DownRemovalMargin;

    /// <summary>Whether who goes on is decided by marks in the database.</summary>
    internal static bool AsksTheDatabase(ActorSystem system) => system.Settings.Config.GetString($"{Resolver}.active-strategy") == "lease-majority";

    public Props? DowningActorProps
    {
        get
        {
            var config = system.Settings.Config;
            if (!AsksTheDatabase(system))
                return _akkas.DowningActorProps;
            var lease = (MySqlLease)LeaseProvider.Get(system).GetLease(
                system.Name, "akka.coordination.lease-mysql", cluster.SelfUniqueAddress.ToString());
            var stableAfter = config.GetTimeSpan($"{Resolver}.stable-after");
            return Props.Create(() => new LeaseMajorityActor(cluster, lease, stableAfter, TimeProvider.System));
        }
    }
}
