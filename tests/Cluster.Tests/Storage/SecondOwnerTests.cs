using Akka.Actor;
using Akka.Configuration;
using MySqlConnector;
using Optuna.Cluster.Protocol;
using Optuna.Cluster.Serialization;
using Optuna.Coordinator.Storage;
using Optuna.Coordinator.Studies;
using Optuna.Studies;

namespace Optuna.Tests.Storage;

/// <summary>Two actors of one study on one database, as after a split that nothing else has prevented.</summary>
public sealed class SecondOwnerTests(DatabaseFixture database) : IAsyncLifetime
{
    private static readonly StudyId Id = new(1);

    private readonly List<ActorSystem> _systems = [];
    private MySqlUrl _url = null!;
    private long _question;

    public async ValueTask InitializeAsync()
    {
        _url = (MySqlUrl)StorageUrl.Parse(await database.Server.CreateDatabaseAsync());
        await JournalSchema.PrepareAsync(_url);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var system in _systems)
            await system.Terminate();
    }

    [Fact]
    public async Task An_owner_that_slept_stops_itself_at_its_next_write_and_has_changed_nothing()
    {
        var (sleeper, sleepersEnd) = Owner();
        await AskAsync<StudyReplies.Accepted>(sleeper, new StudyCommands.CreateStudy("s", [StudyDirection.Minimize], new ComponentSpec("random"), new ComponentSpec("median"), 7, 3));
        var trial = await AskAsync<StudyReplies.TrialAsked>(sleeper, Ask());

        // The next owner only reads: that alone must shut the other out.
        var (next, _) = Owner();
        await AskAsync<StudyReplies.Summary>(next, new StudyQueries.GetSummary());
        var before = await RowsAsync();
        sleeper.Tell(new StudyRequest(Id, ++_question, new StudyCommands.TellTrial(trial.Number, trial.Lease, null, [1], [])));

        await sleepersEnd.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(before, await RowsAsync());
        Assert.Equal(1, (await AskAsync<StudyReplies.Summary>(next, new StudyQueries.GetSummary())).Study.Counts.Running);
        await AskAsync<StudyReplies.TrialTold>(next, new StudyCommands.TellTrial(trial.Number, trial.Lease, null, [2], []));
    }

    [Fact]
    public async Task Two_owners_that_both_write_stop_each_other_and_what_either_acknowledged_stands()
    {
        var (first, _) = Owner();
        await AskAsync<StudyReplies.Accepted>(first, new StudyCommands.CreateStudy("s", [StudyDirection.Minimize], new ComponentSpec("random"), new ComponentSpec("median"), 7, 3));
        var told = new Dictionary<int, double>();
        for (var round = 0; round < 6; round++)
        {
            // Each wakes up after the other has written, as its next message would make it.
            var (owner, _) = Owner();
            var trial = await AskAsync<StudyReplies.TrialAsked>(owner, Ask());
            await AskAsync<StudyReplies.TrialTold>(owner, new StudyCommands.TellTrial(trial.Number, trial.Lease, null, [round], []));
            Assert.True(told.TryAdd(trial.Number, round), $"Number {trial.Number} was given twice.");
        }

        var (last, _) = Owner();
        var trials = (await AskAsync<StudyReplies.Trials>(last, new StudyQueries.GetTrials(0, 1000, []))).Page;
        Assert.Equal(told, trials.ToDictionary(t => t.Number, t => t.Value!.Value));
    }

    [Fact]
    public async Task A_write_that_is_refused_for_one_study_loses_nothing_of_those_that_shared_its_transaction()
    {
        var others = Enumerable.Range(2, 8).Select(i => new StudyId(i)).ToList();
        var (poisoned, end) = Owner();
        var create = new StudyCommands.CreateStudy("s", [StudyDirection.Minimize], new ComponentSpec("random"), new ComponentSpec("median"), 7, 3);
        await AskAsync<StudyReplies.Accepted>(poisoned, create);
        var trial = await AskAsync<StudyReplies.TrialAsked>(poisoned, Ask());
        var neighbours = others.ToDictionary(id => id, id => Started(_systems[0], id));
        foreach (var (id, study) in neighbours)
            await AskAsync<StudyReplies.Accepted>(study, create, id);
        var (next, _) = Owner();
        await AskAsync<StudyReplies.Summary>(next, new StudyQueries.GetSummary());

        // All at once: the journal writes what has come meanwhile in one transaction.
        poisoned.Tell(new StudyRequest(Id, ++_question, new StudyCommands.TellTrial(trial.Number, trial.Lease, null, [1], [])));
        var asked = await Task.WhenAll(others.Select(id => AskUntilAnsweredAsync(id, Ask())));

        await end.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.All(asked, a => Assert.Equal(0, a.Number));
        foreach (var id in others)
            Assert.Equal(1, (await AskAsync<StudyReplies.Summary>(Started(_systems[1], id), new StudyQueries.GetSummary(), id)).Study.Counts.Running);

        // As a client does: the same question again, to whatever actor the study has by then.
        async Task<StudyReplies.TrialAsked> AskUntilAnsweredAsync(StudyId id, StudyCommands.AskTrial ask)
        {
            var study = neighbours[id];
            var gone = study.WatchAsync();
            while (true)
            {
                try
                {
                    return Assert.IsType<StudyReplies.TrialAsked>(
                        (await study.Ask<Response>(new StudyRequest(id, Interlocked.Increment(ref _question), ask), TimeSpan.FromSeconds(2))).Reply);
                }
                catch (AskTimeoutException) when (gone.IsCompleted)
                {
                    study = Started(_systems[0], id);
                    gone = study.WatchAsync();
                }
                catch (AskTimeoutException)
                {
                }
            }
        }
    }

    private static StudyCommands.AskTrial Ask() => new(new WorkerId("w"), Guid.NewGuid(), null);

    // In a system of its own: the journal of one system would see to it that nothing is written twice.
    private (IActorRef Owner, Task End) Owner()
    {
        var system = ActorSystem.Create($"owner{_systems.Count}", ConfigurationFactory.ParseString("akka.loglevel = OFF")
            .WithFallback(SerializationHocon.Config).WithFallback(PersistenceHocon.For(_url)));
        _systems.Add(system);
        var owner = Started(system, Id);
        return (owner, owner.WatchAsync());
    }

    private static IActorRef Started(ActorSystem system, StudyId id)
    {
        var settings = new StudySettings(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), 10_000, ClaimsJournal: true);
        return system.ActorOf(Props.Create(() => new StudyActor(id, settings, TimeProvider.System)));
    }

    private async Task<T> AskAsync<T>(IActorRef study, object body, StudyId? id = null)
        where T : IStudyReply =>
        Assert.IsType<T>((await study.Ask<Response>(new StudyRequest(id ?? Id, ++_question, body), TimeSpan.FromSeconds(20))).Reply);

    private async Task<long> RowsAsync()
    {
        await using var connection = new MySqlConnection(_url.ConnectionString);
        await connection.OpenAsync();
        await using var command = new MySqlCommand("SELECT COUNT(*) FROM optuna_journal", connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync());
    }
}
