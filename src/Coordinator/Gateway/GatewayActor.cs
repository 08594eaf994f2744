using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using Optuna.Cluster.Protocol;

namespace Optuna.Coordinator.Gateway;

/// <summary>Where clients say hello: gives each a session of its own.</summary>
internal sealed class GatewayActor : ReceiveActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Func<ImmutableArray<string>> _coordinators;
    private readonly TimeSpan _lease;
    private readonly IActorRef _studies;
    private readonly IActorRef _catalog;

    /// <param name="coordinators">Addresses (HOST:PORT) of the coordinators that are up now.</param>
    public GatewayActor(IActorRef studies, IActorRef catalog, TimeSpan lease, Func<ImmutableArray<string>> coordinators)
    {
        (_studies, _catalog, _lease, _coordinators) = (studies, catalog, lease, coordinators);

        Receive<Sessions.Hello>(OnHello);
    }

    private void OnHello(Sessions.Hello hello)
    {
        if (hello.Version != ProtocolVersion.Current)
        {
            _log.Warning("Client {0} speaks version {1} of the protocol, this node {2}", hello.Client, hello.Version, ProtocolVersion.Current);
            Sender.Tell(new Sessions.Refused(ProtocolVersion.Current,
                $"This coordinator speaks version {ProtocolVersion.Current} of the protocol, the client version {hello.Version}."));
            return;
        }

        var (client, studies, catalog, coordinators) = (Sender, _studies, _catalog, _coordinators);
        var session = Context.ActorOf(Props.Create(() => new SessionActor(client, studies, catalog, coordinators)));
        client.Tell(new Sessions.Welcome(ProtocolVersion.Current, _coordinators(), _lease), session);
    }
}
