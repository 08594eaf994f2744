using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Remote;
using Akka.Serialization;
using Optuna.Cluster.Protocol;
using Optuna.Cluster.Serialization;

namespace Optuna.Tests.Serialization;

public sealed class HardeningTests : IAsyncLifetime
{
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(20);

    private static readonly Config s_remote = ConfigurationFactory.ParseString(
        """
        akka.loglevel = WARNING
        akka.stdout-loglevel = OFF
        akka.loggers = []
        akka.log-dead-letters = off
        akka.actor.provider = remote
        akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
        """);

    private readonly ActorSystem _ours = ActorSystem.Create("ours", SerializationHocon.Config.WithFallback(s_remote));
    private readonly ActorSystem _foreign = ActorSystem.Create("foreign", s_remote);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _ours.Terminate();
        await _foreign.Terminate();
    }

    [Fact]
    public void Every_message_of_ours_has_our_serializer()
    {
        Assert.All(Protocol.Samples, s => Assert.IsType<OptunaSerializer>(_ours.Serialization.FindSerializerFor(s.Message)));
        Assert.All(Protocol.Samples, s =>
        {
            var bytes = _ours.Serialization.Serialize(s.Message);
            var manifest = Akka.Serialization.Serialization.ManifestFor(_ours.Serialization.FindSerializerFor(s.Message), s.Message);
            Assert.Null(Structure.Difference(s.Message, _ours.Serialization.Deserialize(bytes, 4201, manifest)));
        });
    }

    [Fact]
    public void An_unbound_message_is_refused_by_name()
    {
        var e = Assert.Throws<SerializationException>(() => _ours.Serialization.Serialize(new Trap()));

        Assert.Contains(nameof(Trap), e.Message);
        Assert.Contains("serializer table", e.Message);
    }

    [Fact]
    public void A_Newtonsoft_payload_is_refused_and_its_type_is_not_made()
    {
        var newtonsoft = new NewtonSoftJsonSerializer((ExtendedActorSystem)_foreign);
        var bytes = newtonsoft.ToBinary(new Trap());
        var name = typeof(Trap).AssemblyQualifiedName!;
        Assert.IsType<Trap>(newtonsoft.FromBinary(bytes, typeof(Trap)));
        Trap.Set = 0;

        var e = Assert.Throws<SerializationException>(() => _ours.Serialization.Deserialize(bytes, 1, name));

        Assert.Contains(nameof(Trap), e.Message);
        Assert.Throws<SerializationException>(() => _ours.Serialization.Deserialize(bytes, 1, typeof(Trap)));
        Assert.Throws<SerializationException>(() => _ours.Serialization.Deserialize(bytes, 1, ""));
        Assert.Equal(0, Trap.Set);
    }

    [Fact]
    public void Protobuf_of_any_type_and_remote_deployment_are_refused()
    {
        var protobuf = new Google.Protobuf.WellKnownTypes.Empty();

        Assert.Throws<SerializationException>(() => _ours.Serialization.Serialize(protobuf));
        Assert.Throws<SerializationException>(() => _ours.Serialization.Deserialize([], 2, protobuf.GetType().AssemblyQualifiedName));
        Assert.Throws<SerializationException>(() => _ours.Serialization.Deserialize([], 3, ""));
    }

    [Fact]
    public async Task A_foreign_peer_cannot_get_its_types_made_and_the_line_stays_open()
    {
        var inbox = await InboxOf(_ours, seenFrom: _foreign);
        Trap.Set = 0;

        inbox.Remote.Tell(new Trap());
        inbox.Remote.Tell("afterwards");

        Assert.Equal("afterwards", await inbox.Next());
        Assert.Equal(0, Trap.Set);
    }

    [Fact]
    public async Task An_unbound_message_is_dropped_by_its_sender_and_the_line_stays_open()
    {
        var inbox = await InboxOf(_foreign, seenFrom: _ours);

        inbox.Remote.Tell(new Trap());
        inbox.Remote.Tell("afterwards");

        Assert.Equal("afterwards", await inbox.Next());
    }

    [Fact]
    public async Task A_message_with_malformed_text_is_dropped_by_its_sender_and_the_line_stays_open()
    {
        var inbox = await InboxOf(_foreign, seenFrom: _ours);

        inbox.Remote.Tell(new CatalogRequest(1, new CatalogCommands.FindStudy("\ud800")));
        inbox.Remote.Tell("afterwards");

        Assert.Equal("afterwards", await inbox.Next());
    }

    private static async Task<(IActorRef Remote, Func<Task<object>> Next)> InboxOf(ActorSystem home, ActorSystem seenFrom)
    {
        var inbox = Inbox.Create(home);
        var address = ((IRemoteActorRefProvider)((ExtendedActorSystem)home).Provider).DefaultAddress;
        var remote = await seenFrom.ActorSelection(inbox.Receiver.Path.ToStringWithAddress(address)).ResolveOne(s_long);
        return (remote, () => inbox.ReceiveAsync(s_long));
    }

    /// <summary>Counts how often somebody set it: a deserializer that makes any type would.</summary>
    public sealed class Trap
    {
        public static int Set;

        public int Value
        {
            get => 1;
            set => Interlocked.Increment(ref Set);
        }
    }
}
