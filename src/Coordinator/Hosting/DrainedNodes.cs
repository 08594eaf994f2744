using System.Collections.Immutable;
using Akka.Actor;
using Optuna.Cluster.Protocol;

namespace Optuna.Coordinator.Hosting;

/// <summary>Which coordinators host no studies because an operator said so, as this node knows it: asked of the catalogue every second.</summary>
/// <remarks>Not known for a moment after a start; a study placed wrongly meanwhile moves at the next rebalancing.</remarks>
internal sealed class DrainedNodes : IExtension
{
    private volatile ImmutableHashSet<string> _nodes = [];

    public static DrainedNodes Of(ActorSystem system) => system.WithExtension<DrainedNodes, Provider>();

    public bool Contains(Address address) => _nodes.Contains($"{address.Host}:{address.Port}");

    public bool Any => !_nodes.IsEmpty;

    private sealed class Provider : ExtensionIdProvider<DrainedNodes>
    {
        public override DrainedNodes CreateExtension(ExtendedActorSystem system) => new();
    }

    /// <summary>Keeps <paramref name="nodes"/> up to date for as long as it lives.</summary>
    public sealed class Watch : ReceiveActor, IWithTimers
    {
        public Watch(IActorRef catalog, DrainedNodes nodes)
        {
            Receive<Look>(_ => catalog.Tell(new CatalogRequest(0, new CatalogCommands.ListDrainedNodes())));
            Receive<Response>(r =>
            {
                if (r.Reply is CatalogReplies.DrainedNodes drained)
                    nodes._nodes = [.. drained.Nodes];
            });
        }

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart() => Timers.StartPeriodicTimer("look", new Look(), TimeSpan.FromSeconds(1));

        private sealed record Look : INoSerializationVerificationNeeded;
    }
}
