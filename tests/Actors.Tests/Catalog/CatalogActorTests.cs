using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit.Xunit;
using Optuna.Cluster.Protocol;
using Optuna.Cluster.Serialization;
using Optuna.Coordinator.Catalog;
using Optuna.Coordinator.Studies;
using Optuna.Studies;

namespace Optuna.Tests.Catalog;

public sealed class CatalogActorTests() : TestKit(Settings)
{
    private static readonly Config Settings = ConfigurationFactory.ParseString("""
        akka.loglevel = WARNING
        akka.persistence.journal.plugin = "akka.persistence.journal.inmem"
        akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
        """).WithFallback(SerializationHocon.Config);

    private readonly ImmutableArray<string> _coordinators = ["a:1", "b:2"];
    private long _id;

    [Fact]
    public async Task A_study_is_made_found_and_listed()
    {
        var catalog = Catalog();
        var made = await Send<CatalogReplies.StudyFound>(catalog, Create("a"));
        var found = await Send<CatalogReplies.StudyFound>(catalog, new CatalogCommands.FindStudy("a"));
        var list = await Send<CatalogReplies.Studies>(catalog, new CatalogCommands.ListStudies(0, 10));

        Assert.True(made.Created);
        Assert.Equal(made with { Created = false }, found);
        Assert.Equal([found], list.Page);
        Assert.False(list.More);
    }

    [Fact]
    public async Task A_name_is_given_once_and_the_same_request_gets_the_same_study()
    {
        var catalog = Catalog();
        var create = Create("a");
        var first = await Send<CatalogReplies.StudyFound>(catalog, create);

        Assert.Equal(first, await Send<CatalogReplies.StudyFound>(catalog, create));
        Assert.Equal(Rejection.StudyExists, (await Send<StudyReplies.Rejected>(catalog, Create("a"))).Code);
        Assert.Equal(first with { Created = false }, await Send<CatalogReplies.StudyFound>(catalog, Create("a") with { LoadIfExists = true }));
    }

    [Fact]
    public async Task A_deleted_study_frees_its_name_but_not_its_number()
    {
        var catalog = Catalog();
        var first = await Send<CatalogReplies.StudyFound>(catalog, Create("a"));
        await Send<StudyReplies.Accepted>(catalog, new CatalogCommands.DeleteStudy("a"));

        Assert.Equal(Rejection.StudyNotFound, (await Send<StudyReplies.Rejected>(catalog, new CatalogCommands.FindStudy("a"))).Code);
        Assert.Equal(Rejection.StudyNotFound, (await Send<StudyReplies.Rejected>(catalog, new CatalogCommands.DeleteStudy("a"))).Code);
        Assert.True((await Send<CatalogReplies.StudyFound>(catalog, Create("a"))).Study.Value > first.Study.Value);
    }

    [Fact]
    public async Task A_renamed_study_is_found_under_its_new_name_only_also_after_a_restart()
    {
        var catalog = Catalog();
        var study = await Send<CatalogReplies.StudyFound>(catalog, Create("a"));
        await Send<CatalogReplies.StudyFound>(catalog, Create("b"));

        Assert.Equal(Rejection.StudyExists, (await Send<StudyReplies.Rejected>(catalog, new CatalogCommands.RenameStudy("a", "b"))).Code);
        await Send<StudyReplies.Accepted>(catalog, new CatalogCommands.RenameStudy("a", "c"));
        await catalog.GracefulStop(TimeSpan.FromSeconds(10));
        catalog = Catalog();

        Assert.Equal(study.Study, (await Send<CatalogReplies.StudyFound>(catalog, new CatalogCommands.FindStudy("c"))).Study);
        Assert.Equal(Rejection.StudyNotFound, (await Send<StudyReplies.Rejected>(catalog, new CatalogCommands.FindStudy("a"))).Code);
    }

    [Theory]
    [InlineData("", "tpe", "median")]
    [InlineData("a\nb", "tpe", "median")]
    [InlineData("a", "dice", "median")]
    [InlineData("a", "tpe", "axe")]
    public async Task A_study_that_cannot_be_is_refused_and_leaves_nothing(string name, string sampler, string pruner)
    {
        var catalog = Catalog();
        var create = new CatalogCommands.CreateStudy(Guid.NewGuid(), Spec(name) with { Sampler = new ComponentSpec(sampler), Pruner = new ComponentSpec(pruner) }, false);

        Assert.Equal(Rejection.InvalidValue, (await Send<StudyReplies.Rejected>(catalog, create)).Code);
        Assert.Empty((await Send<CatalogReplies.Studies>(catalog, new CatalogCommands.ListStudies(0, 10))).Page);
    }

    [Fact]
    public async Task Studies_are_listed_in_pages()
    {
        var catalog = Catalog();
        foreach (var name in new[] { "c", "a", "b" })
            await Send<CatalogReplies.StudyFound>(catalog, Create(name));
        var first = await Send<CatalogReplies.Studies>(catalog, new CatalogCommands.ListStudies(0, 2));
        var second = await Send<CatalogReplies.Studies>(catalog, new CatalogCommands.ListStudies(first.Page[^1].Study.Value, 2));

        Assert.Equal(["c", "a"], first.Page.Select(s => s.Name));
        Assert.True(first.More);
        Assert.Equal(["b"], second.Page.Select(s => s.Name));
        Assert.False(second.More);
    }

    private static StudyCommands.CreateStudy Spec(string name) =>
        new(name, [StudyDirection.Minimize], new ComponentSpec("random"), new ComponentSpec("median"), 1, 3);

    private static CatalogCommands.CreateStudy Create(string name) => new(Guid.NewGuid(), Spec(name), false);

    [Fact]
    public async Task A_drained_node_is_known_also_after_a_restart_and_may_be_resumed()
    {
        var catalog = Catalog();
        await Send<StudyReplies.Accepted>(catalog, new CatalogCommands.DrainNode("a:1", true));
        await Send<StudyReplies.Accepted>(catalog, new CatalogCommands.DrainNode("a:1", true));
        await catalog.GracefulStop(TimeSpan.FromSeconds(10));
        catalog = Catalog();

        Assert.Equal(["a:1"], (await Send<CatalogReplies.DrainedNodes>(catalog, new CatalogCommands.ListDrainedNodes())).Nodes);
        await Send<StudyReplies.Accepted>(catalog, new CatalogCommands.DrainNode("a:1", false));
        Assert.Empty((await Send<CatalogReplies.DrainedNodes>(catalog, new CatalogCommands.ListDrainedNodes())).Nodes);
    }

    [Fact]
    public async Task A_node_that_is_not_there_and_the_last_one_that_hosts_studies_cannot_be_drained()
    {
        var catalog = Catalog();
        var unknown = await Send<StudyReplies.Rejected>(catalog, new CatalogCommands.DrainNode("c:3", true));
        Assert.Equal((Rejection.InvalidValue, "'node': no coordinator is up at 'c:3' (a:1, b:2)."), (unknown.Code, unknown.Sentence));
        await Send<StudyReplies.Accepted>(catalog, new CatalogCommands.DrainNode("a:1", true));

        var last = await Send<StudyReplies.Rejected>(catalog, new CatalogCommands.DrainNode("b:2", true));
        Assert.Equal("'node': without b:2 no coordinator would host studies.", last.Sentence);
    }

    [Fact]
    public async Task A_catalogue_that_was_overtaken_while_it_was_frozen_denies_no_study_the_other_one_made()
    {
        var frozen = Catalog();
        Assert.Equal(Rejection.StudyNotFound, (await Send<StudyReplies.Rejected>(frozen, new CatalogCommands.FindStudy("a"))).Code);
        var other = Catalog();
        var made = await Send<CatalogReplies.StudyFound>(other, Create("a"));

        // The question it was woken by is not answered at all, and sent again.
        await Assert.ThrowsAnyAsync<Exception>(() => frozen.Ask<Response>(new CatalogRequest(++_id, new CatalogCommands.FindStudy("a")), TimeSpan.FromSeconds(1)));
        Assert.Equal(made.Study, (await Send<CatalogReplies.StudyFound>(frozen, new CatalogCommands.FindStudy("a"))).Study);
        Assert.Equal(Rejection.StudyNotFound, (await Send<StudyReplies.Rejected>(frozen, new CatalogCommands.FindStudy("b"))).Code);
    }

    private IActorRef Catalog()
    {
        var studies = Sys.ActorOf(Props.Create(() => new Region()));
        return Sys.ActorOf(Props.Create(() => new CatalogActor(studies, StudyDefaults.Optunas, () => _coordinators, true)));
    }

    private async Task<T> Send<T>(IActorRef catalog, ICatalogCommand body)
        where T : IStudyReply
    {
        var answer = await catalog.Ask<Response>(new CatalogRequest(++_id, body), TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal(_id, answer.Id);
        return Assert.IsType<T>(answer.Reply);
    }

    /// <summary>Stands for the shard region: wakes a study for each number.</summary>
    private sealed class Region : ReceiveActor
    {
        public Region() => Receive<StudyRequest>(request =>
        {
            var settings = new StudySettings(TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(2), 10_000);
            var child = Context.Child(request.Study.ToString());
            if (child.IsNobody())
                child = Context.ActorOf(Props.Create(() => new StudyActor(request.Study, settings, TimeProvider.System)), request.Study.ToString());
            child.Forward(request);
        });
    }
}
