using Akka.Actor;
using Akka.Persistence;
using Optuna.Cluster.Protocol;
using Optuna.Coordinator.Studies;
using Optuna.Distributions;
using Optuna.Json;
using Optuna.Studies;
using Optuna.Studies.State;
using Optuna.Trials;

namespace Optuna.Tests.Studies;

public sealed class SnapshotTests : StudyProbe
{
    private static readonly StudySettings Often = Defaults with { SnapshotEvery = 400 };

    [Fact]
    public async Task A_study_comes_back_from_chunks_image_and_the_events_after_it_as_it_was()
    {
        var study = await CreatedStudy(Often);
        await Fill(study, 2 * TrialChunk.Size + 345);
        var running = await Ask(study, "w");
        await Send<StudyReplies.Reported>(study, new StudyCommands.ReportValue(running.Number, running.Lease, 3, 0.5, []));
        await AwaitImage(study);
        var before = (Trials: await Trials(study), Summary: await Send<StudyReplies.Summary>(study, new StudyQueries.GetSummary()));

        study = await Restarted(study, Often);

        var after = (Trials: await Trials(study), Summary: await Send<StudyReplies.Summary>(study, new StudyQueries.GetSummary()));
        Assert.Null(Serialization.Structure.Difference(before.Trials, after.Trials));
        Assert.Equal([null, "w1", "w0", "w1", "w0"], after.Trials[..5].Select(t => t.Worker));
        Assert.Null(Serialization.Structure.Difference(before.Summary, after.Summary));
        await Send<StudyReplies.TrialTold>(study, Tell(running, 1));
    }

    [Fact]
    public async Task A_missing_chunk_costs_a_reading_of_the_journal_and_nothing_else()
    {
        var study = await CreatedStudy(Often);
        await Fill(study, TrialChunk.Size + 300);
        await AwaitImage(study);
        var before = await Trials(study);
        await study.GracefulStop(TimeSpan.FromSeconds(10));
        var chunk = SnapshotWriter.ChunkId(OptunaSystem.PersistenceId(new StudyId(1)), 0);
        await Store.Ask<DeleteSnapshotsSuccess>(new DeleteSnapshots(chunk, SnapshotSelectionCriteria.Latest), TimeSpan.FromSeconds(10));

        study = Study(Often);

        Assert.Null(Serialization.Structure.Difference(before, await Trials(study)));
    }

    [Fact]
    public void An_image_and_its_chunks_make_the_same_study()
    {
        var state = new StudyState(new StudyId(4));
        Apply(new StudyCommands.CreateStudy("s", [StudyDirection.Maximize], new ComponentSpec("random"), new ComponentSpec("nop"), 3, 2));
        Apply(new StudyCommands.SetStudyAttr(AttrKind.User, "note", "\"x\""));
        Apply(new StudyCommands.EnqueueTrial(Guid.NewGuid(), """{"x": 0.5}""", [], false));
        for (var i = 0; i < 3; i++)
        {
            var asked = (StudyReplies.TrialAsked)Apply(new StudyCommands.AskTrial(new WorkerId("w"), Guid.NewGuid(), null));
            Apply(new StudyCommands.SuggestParam(asked.Number, asked.Lease, "x", new FloatDistribution(0, 1), [], 0.25 * i));
            if (i < 2)
                Apply(new StudyCommands.TellTrial(asked.Number, asked.Lease, null, [i], []));
        }

        Apply(new StudyCommands.AbandonTrial(2, 0, "lost"));
        Apply(new StudyCommands.EnqueueTrial(Guid.NewGuid(), PythonJson.Write(new Dictionary<string, object?> { ["x"] = 1.0 }), [], false));

        var restored = StudyImages.Restore(state.Id, StudyImages.Take(state, 1), [StudyImages.Chunk(state, 0, 1)]);

        Assert.Equal(state.Version, restored.Version);
        Assert.Equal(state.Counts, restored.Counts);
        Assert.Equal(state.Best, restored.Best);
        for (var n = 0; n < state.TrialCount; n++)
            Assert.Null(Serialization.Structure.Difference(TrialReader.Read(state, n), TrialReader.Read(restored, n)));
        var next = new StudyCommands.AskTrial(new WorkerId("v"), Guid.NewGuid(), null);
        Assert.Null(Serialization.Structure.Difference(
            StudyRules.Decide(state, next, DateTimeOffset.UnixEpoch).Reply, StudyRules.Decide(restored, next, DateTimeOffset.UnixEpoch).Reply));

        IStudyReply Apply(IStudyCommand command)
        {
            var (reply, events) = StudyRules.Decide(state, command, DateTimeOffset.UnixEpoch.AddSeconds(state.Version));
            Assert.IsNotType<StudyReplies.Rejected>(reply);
            foreach (var e in events)
                state.Apply(e);
            return reply;
        }
    }

    private IActorRef Store => Persistence.Instance.Apply(Sys).SnapshotStoreFor(null);

    private async Task Fill(IActorRef study, int trials)
    {
        for (var i = 0; i < trials; i++)
        {
            var trial = await Ask(study, i % 5 == 0 ? "" : $"w{i % 2}");
            if (i % 3 == 0)
                await Send<StudyReplies.ParamSuggested>(study, new StudyCommands.SuggestParam(trial.Number, trial.Lease, "n", new IntDistribution(1, 9), []));
            await Send<StudyReplies.TrialTold>(study, Tell(trial, i % 17));
        }
    }

    private async Task AwaitImage(IActorRef study)
    {
        var question = new LoadSnapshot(OptunaSystem.PersistenceId(new StudyId(1)), SnapshotSelectionCriteria.Latest, long.MaxValue);
        await AwaitAssertAsync(
            async () =>
            {
                var loaded = await Store.Ask<LoadSnapshotResult>(question, TimeSpan.FromSeconds(10));
                var image = Assert.IsType<StudySnapshot>(loaded.Snapshot?.Snapshot).Image;
                Assert.True(image.InChunks >= TrialChunk.Size, $"only {image.InChunks} trials in chunks");
            },
            TimeSpan.FromSeconds(20));
    }
}
