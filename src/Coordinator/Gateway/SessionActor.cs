using System.Collections.Immutable;
using Akka.Actor;
using Optuna.Cluster.Protocol;
using Optuna.Coordinator.Telemetry;
using Optuna.Studies;

namespace Optuna.Coordinator.Gateway;

/// <summary>One client's place on this node: passes what it asks to studies and catalogue, wherever they live, and their answers back.</summary>
/// <remarks>Answers come through here, so a client talks to one node only and nobody has to be able to connect to it.</remarks>
internal sealed class SessionActor : ReceiveActor
{
    private static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CatalogPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MemberPatience = TimeSpan.FromSeconds(1);

    public SessionActor(IActorRef client, IActorRef studies, IActorRef catalog, Func<ImmutableArray<string>> coordinators)
    {
        Receive<StudyRequest>(studies.Tell);
        Receive<CatalogRequest>(catalog.Tell);
        Receive<WorkerHeartbeat>(studies.Tell);
        Receive<Response>(client.Tell);
        Receive<ClusterRequest>(r => ShowCluster(r, client, catalog));
        Receive<Sessions.Ping>(_ => client.Tell(new Sessions.Pong(coordinators())));
        Receive<Sessions.Bye>(_ => Context.Stop(Self));
        // Answers on their way still come through here; what is asked from now on goes to another coordinator.
        Receive<GatewayActor.Leave>(_ => client.Tell(Sessions.Bye.Instance));
        Receive<ReceiveTimeout>(_ => Context.Stop(Self));
    }

    // Whatever is not known now is asked again.
    private static void ShowCluster(ClusterRequest request, IActorRef client, IActorRef catalog) =>
        ClusterPicture.ReadAsync(Context.System, DrainedAsync(catalog), MemberPatience, CancellationToken.None).PipeTo(
            client,
            success: picture => new Response(request.Id, picture.ToReply()),
            failure: e => new Response(request.Id, new StudyReplies.Rejected(Rejection.Unavailable, e.Message)));

    private static async Task<ImmutableArray<string>> DrainedAsync(IActorRef catalog) =>
        (await catalog.Ask<Response>(new CatalogRequest(0, new CatalogCommands.ListDrainedNodes()), CatalogPatience).ConfigureAwait(false))
            .Reply.Expect<CatalogReplies.DrainedNodes>().Nodes;

    protected override void PreStart()
    {
        SetReceiveTimeout(SilenceLimit);
        NodeMeter.Sessions.Add(1);
    }

    protected override void PostStop() => NodeMeter.Sessions.Add(-1);
}
