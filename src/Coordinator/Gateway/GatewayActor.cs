using System.Collections.Immutable;
using Akka;
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
        Receive<Leave>(OnLeave);
    }

    private void OnLeave(Leave leave)
    {
        foreach (var session in Context.GetChildren())
            session.Tell(leave);
        // Who says hello now is not answered, and tries the next coordinator.
        Become(() => ReceiveAny(_ => { }));
        Sender.Tell(Done.Instance);
    }

    private void OnHello(Sessions.Hello hello)
    {
        if (hello.Version != ProtocolVersion.Current)
        {
            _log.Warning("Client {Client} speaks version {Theirs} of the protocol, this node {Ours}", hello.Client, hello.Version, ProtocolVersion.Current);
            Sender.Tell(new Sessions.Refused(ProtocolVersion.Current,
                $"This coordinator speaks version {ProtocolVersion.Current} of the protocol, the client version {hello.Version}."));
            return;
        }

        var (client, studies, catalog, coordinators) = (Sender, _studies, _catalog, _coordinators);
        var session = Context.ActorOf(Props.Create(() => new SessionActor(client, studies, catalog, coordinators)));
        client.Tell(new Sessions.Welcome(ProtocolVersion.Current, _coordinators(), _lease), session);
    }

    /// <summary>This node is about to end, in order: clients are sent elsewhere before its studies move. Answered with <see cref="Done"/>.</summary>
    public sealed record Leave : INoSerializationVerificationNeeded
    {
        public static readonly Leave Instance = new();
    }
}
