using System.Collections.Immutable;
using Akka.Actor;
using Optuna.Cluster.Protocol;
using Optuna.Coordinator.Telemetry;

namespace Optuna.Coordinator.Gateway;

/// <summary>One client's place on this node: passes what it asks to studies and catalogue, wherever they live, and their answers back.</summary>
/// <remarks>Answers come through here, so a client talks to one node only and nobody has to be able to connect to it.</remarks>
internal sealed class SessionActor : ReceiveActor
{
    private static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(30);

    public SessionActor(IActorRef client, IActorRef studies, IActorRef catalog, Func<ImmutableArray<string>> coordinators)
    {
        Receive<StudyRequest>(studies.Tell);
        Receive<CatalogRequest>(catalog.Tell);
        Receive<WorkerHeartbeat>(studies.Tell);
        Receive<Response>(client.Tell);
        Receive<Sessions.Ping>(_ => client.Tell(new Sessions.Pong(coordinators())));
        Receive<Sessions.Bye>(_ => Context.Stop(Self));
        // Answers on their way still come through here; what is asked from now on goes to another coordinator.
        Receive<GatewayActor.Leave>(_ => client.Tell(Sessions.Bye.Instance));
        Receive<ReceiveTimeout>(_ => Context.Stop(Self));
    }

    protected override void PreStart()
    {
        SetReceiveTimeout(SilenceLimit);
        NodeMeter.Sessions.Add(1);
    }

    protected override void PostStop() => NodeMeter.Sessions.Add(-1);
}
