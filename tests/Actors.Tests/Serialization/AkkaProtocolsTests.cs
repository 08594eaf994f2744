using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Cluster.Tools.Singleton;
using Akka.Configuration;
using Akka.Persistence;
using Optuna.Cluster.Protocol;
using Optuna.Cluster.Serialization;
using Optuna.Studies;

namespace Optuna.Tests.Serialization;

/// <summary>Akka's own protocols do without the serializers that are switched off.</summary>
public sealed class AkkaProtocolsTests : IAsyncLifetime
{
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(30);

    private readonly List<ActorSystem> _nodes = [];

    public async ValueTask InitializeAsync()
    {
        for (var i = 0; i < 2; i++)
        {
            _nodes.Add(ActorSystem.Create("hardened", SerializationHocon.Config.WithFallback(s_node)
                .WithFallback(ClusterSharding.DefaultConfig()).WithFallback(DistributedPubSub.DefaultConfig()).WithFallback(ClusterSingleton.DefaultConfig())));
        }

        var seed = Akka.Cluster.Cluster.Get(_nodes[0]).SelfAddress;
        foreach (var node in _nodes)
            await Akka.Cluster.Cluster.Get(node).JoinAsync(seed).WaitAsync(s_long);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.Terminate();
    }

    [Fact]
    public async Task Sharding_singleton_and_publishing_work_between_two_nodes()
    {
        var regions = _nodes.Select(n => ClusterSharding.Get(n).Start(
            "study", id => Props.Create(() => new Journaling(id)), ClusterShardingSettings.Create(n), new ByStudy())).ToList();
        foreach (var node in _nodes)
        {
            node.ActorOf(ClusterSingletonManager.Props(Props.Create<Echo>(), PoisonPill.Instance, ClusterSingletonManagerSettings.Create(node)), "single");
            _ = DistributedPubSub.Get(node);
        }

        // Shards lie on both nodes, and both ask for all of them.
        foreach (var region in regions)
        {
            for (var study = 1; study <= 8; study++)
            {
                var answer = await region.Ask<Response>(new StudyRequest(new StudyId(study), study, new StudyQueries.GetTrial(study)), s_long);
                Assert.Equal(new Response(study, new StudyReplies.TrialAdded(study)), answer);
            }
        }

        foreach (var node in _nodes)
        {
            var proxy = node.ActorOf(ClusterSingletonProxy.Props("/user/single", ClusterSingletonProxySettings.Create(node)));
            Assert.IsType<Sessions.Pong>(await proxy.Ask<object>(Sessions.Ping.Instance, s_long));
        }

        var inbox = Inbox.Create(_nodes[1]);
        var mediator = DistributedPubSub.Get(_nodes[1]).Mediator;
        await mediator.Ask<SubscribeAck>(new Subscribe("news", inbox.Receiver), s_long);
        // The subscription reaches the other node by gossip, some time later.
        var publishing = _nodes[0].Scheduler.Advanced.ScheduleRepeatedlyCancelable(TimeSpan.Zero, TimeSpan.FromMilliseconds(200),
            () => DistributedPubSub.Get(_nodes[0]).Mediator.Tell(new Publish("news", Sessions.Bye.Instance)));
        object heard;
        do
            heard = await inbox.ReceiveAsync(s_long);
        while (heard is SubscribeAck);
        publishing.Cancel();
        Assert.IsType<Sessions.Bye>(heard);
    }

    private static readonly Config s_node = ConfigurationFactory.ParseString(
        """
        akka.loglevel = WARNING
        akka.loggers = []
        akka.stdout-loglevel = OFF
        akka.log-dead-letters = off
        akka.actor.provider = cluster
        akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
        akka.cluster.sharding { state-store-mode = ddata, distributed-data.durable.keys = [] }
        akka.cluster.downing-provider-class = ""
        """);

    private sealed class ByStudy() : HashCodeMessageExtractor(10)
    {
        public override string EntityId(object message) => ((StudyRequest)message).Study.ToString();
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo() => Receive<Sessions.Ping>(_ => Sender.Tell(new Sessions.Pong([])));
    }

    private sealed class Journaling : ReceivePersistentActor
    {
        public Journaling(string id)
        {
            PersistenceId = $"study-{id}";
            Recover<EventBatch>(_ => { });
            Command<StudyRequest>(r => Persist(
                new EventBatch([new StudyEvents.StudyRenamed(id)]),
                _ => Sender.Tell(new Response(r.Id, new StudyReplies.TrialAdded(((StudyQueries.GetTrial)r.Body).Number)))));
        }

        public override string PersistenceId { get; }
    }
}
