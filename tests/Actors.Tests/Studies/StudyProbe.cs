using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit.Xunit;
using Optuna.Cluster.Protocol;
using Optuna.Cluster.Serialization;
using Optuna.Coordinator.Studies;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Tests.Studies;

/// <summary>A study actor on journals in memory, talked to as a session talks to it.</summary>
public abstract class StudyProbe() : TestKit(Settings)
{
    private static readonly Config Settings = ConfigurationFactory.ParseString("""
        akka.loglevel = WARNING
        akka.actor.serialize-messages = on
        # Akka's own local messages have no other form; ours are bound to our serializer all the same.
        akka.actor.serializers.json = "Akka.Serialization.NewtonSoftJsonSerializer, Akka"
        akka.persistence.journal.plugin = "akka.persistence.journal.inmem"
        akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
        """).WithFallback(SerializationHocon.Config);

    private protected static readonly StudySettings Defaults = new(TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(2), 10_000);

    private long _id;

    private protected IActorRef Study(StudySettings? settings = null, int id = 1, TimeProvider? clock = null)
    {
        var (s, c) = (settings ?? Defaults, clock ?? TimeProvider.System);
        return Sys.ActorOf(Props.Create(() => new StudyActor(new StudyId(id), s, c)));
    }

    private protected Task<IActorRef> CreatedStudy(StudySettings? settings = null, string sampler = "random", RetryPolicy? retry = null, TimeProvider? clock = null) =>
        CreatedStudy(new ComponentSpec(sampler), new ComponentSpec("median"), settings, retry, clock);

    private protected async Task<IActorRef> CreatedStudy(
        ComponentSpec sampler, ComponentSpec pruner, StudySettings? settings = null, RetryPolicy? retry = null, TimeProvider? clock = null, int objectives = 1)
    {
        var study = Study(settings, clock: clock);
        await Send<StudyReplies.Accepted>(study, new StudyCommands.CreateStudy(
            "s", [.. Enumerable.Repeat(StudyDirection.Minimize, objectives)], sampler, pruner, 7, retry ?? 3));
        return study;
    }

    private protected async Task<T> Send<T>(IActorRef study, object body)
        where T : IStudyReply
    {
        var request = new StudyRequest(new StudyId(1), ++_id, body);
        var answer = await study.Ask<Response>(request, TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal(request.Id, answer.Id);
        return Assert.IsAssignableFrom<T>(answer.Reply);
    }

    private protected Task<StudyReplies.TrialAsked> Ask(IActorRef study, string worker = "w", Guid? request = null) =>
        Send<StudyReplies.TrialAsked>(study, new StudyCommands.AskTrial(new WorkerId(worker), request ?? Guid.NewGuid(), null));

    private protected static StudyCommands.TellTrial Tell(StudyReplies.TrialAsked trial, double value) =>
        new(trial.Number, trial.Lease, null, [value], []);

    private protected async Task<ImmutableArray<FrozenTrial>> Trials(IActorRef study)
    {
        var all = ImmutableArray.CreateBuilder<FrozenTrial>();
        for (int? from = 0; from is { } start;)
        {
            var page = await Send<StudyReplies.Trials>(study, new StudyQueries.GetTrials(start, 1000, []));
            all.AddRange(page.Page);
            from = page.Next;
        }

        return all.ToImmutable();
    }

    /// <summary>Ends the actor as a crash of its node would, and starts it again on the same journal.</summary>
    private protected async Task<IActorRef> Restarted(IActorRef study, StudySettings? settings = null, TimeProvider? clock = null)
    {
        await study.GracefulStop(TimeSpan.FromSeconds(10));
        return Study(settings, clock: clock);
    }
}
