using System.Collections.Immutable;
using System.Runtime.Serialization;
using Optuna.Cluster.Protocol;
using Optuna.Cluster.Serialization;
using Optuna.Distributions;
using Optuna.Studies;
using Optuna.Studies.State;
using Optuna.Trials;

namespace Optuna.Tests.Serialization;

public sealed class RoundTripTests
{
    private static readonly DateTimeOffset s_noon = new(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Every_message_and_event_comes_back_as_it_went()
    {
        var samples = Protocol.Samples.ToList();

        Assert.Equal(Protocol.Types.Count * 3, samples.Count);
        Assert.All(samples, s => Assert.Null(Structure.Difference(s.Message, Again(s.Message))));
    }

    [Fact]
    public void A_batch_keeps_its_events_in_order()
    {
        var events = Protocol.Samples.Select(s => s.Message).OfType<EventBatch>().SelectMany(b => b.Events).ToImmutableArray();

        Assert.True(events.Length > 30);
        Assert.Null(Structure.Difference(new EventBatch(events), Again(new EventBatch(events))));
    }

    [Fact]
    public void Every_manifest_is_a_word_with_a_version()
    {
        Assert.All(SerializerTable.Rows, r => Assert.Matches("^[a-z]+(-[a-z]+)*/[1-9][0-9]*$", r.Manifest));
    }

    [Fact]
    public void What_travels_only_inside_a_message_is_refused_alone()
    {
        var e = Assert.Throws<SerializationException>(() => SerializerTable.Of(new CatalogCommands.FindStudy("a")));

        Assert.Contains("CatalogCommands+FindStudy", e.Message);
    }

    [Fact]
    public void A_request_cannot_carry_what_never_leaves_a_shell()
    {
        var e = Assert.Throws<SerializationException>(() => Bytes(new StudyRequest(new StudyId(1), 1, new StudyCommands.RecordDrawn(0, []))));
        Assert.Contains("RecordDrawn", e.Message);

        e = Assert.Throws<SerializationException>(() => Bytes(new Response(1, StudyReplies.SampleNeeded.Instance)));
        Assert.Contains("SampleNeeded", e.Message);
    }

    [Fact]
    public void An_unknown_manifest_is_named_in_the_refusal()
    {
        var e = Assert.Throws<SerializationException>(() => SerializerTable.Of("event-batch/99"));

        Assert.Contains("event-batch/99", e.Message);
    }

    [Fact]
    public void A_row_without_events_is_refused_in_both_directions()
    {
        Assert.Throws<SerializationException>(() => Bytes(new EventBatch([])));
        Assert.Throws<SerializationException>(() => SerializerTable.Of("event-batch/1").Read([]));
    }

    [Fact]
    public void A_name_with_half_a_surrogate_pair_is_refused_with_field_and_position()
    {
        foreach (var (name, position) in new[] { ("\ud800", 0), ("ab\udc00c", 2), ("🎲\ud83c", 2) })
        {
            var e = Assert.Throws<SerializationException>(() => WireMessages.Size(new EventBatch([new StudyEvents.StudyRenamed(name)])));

            Assert.Contains("'Name'", e.Message);
            Assert.Contains($"position {position}", e.Message);
        }
    }

    [Fact]
    public void A_sentence_with_half_a_surrogate_pair_arrives_with_a_replacement()
    {
        var told = (Response)Again(new Response(1, new StudyReplies.Rejected(Rejection.InvalidValue, "no \ud800 🎲")));

        Assert.Equal("no \ufffd 🎲", ((StudyReplies.Rejected)told.Reply).Sentence);
    }

    [Fact]
    public void A_state_that_does_not_exist_is_not_written()
    {
        var e = Assert.Throws<SerializationException>(() => Bytes(new EventBatch([new StudyEvents.TrialFinished(0, (TrialState)9, [], null, s_noon)])));

        Assert.Contains("TrialState has no number 9", e.Message);
    }

    [Fact]
    public void Times_of_other_zones_come_back_as_the_same_instant_in_UTC()
    {
        var batch = (EventBatch)Again(new EventBatch([new StudyEvents.StudyDeleted(s_noon.ToOffset(TimeSpan.FromHours(9)))]));

        var at = ((StudyEvents.StudyDeleted)batch.Events[0]).At;
        Assert.Equal((s_noon, TimeSpan.Zero), (at, at.Offset));
    }

    [Fact]
    public void The_same_text_of_choices_gives_the_same_distribution_object()
    {
        var batch = new EventBatch([new StudyEvents.ParamDefined(0, "optimizer", new CategoricalDistribution("sgd", "adam"))]);

        var (first, second) = ((EventBatch)Again(batch), (EventBatch)Again(batch));

        Assert.Same(((StudyEvents.ParamDefined)first.Events[0]).Distribution, ((StudyEvents.ParamDefined)second.Events[0]).Distribution);
    }

    [Fact]
    public void Size_is_the_number_of_bytes()
    {
        Assert.All(Protocol.Samples, s => Assert.Equal(Bytes(s.Message).Length, WireMessages.Size(s.Message)));
    }

    [Fact]
    public void The_events_of_a_usual_trial_are_small()
    {
        var ten = Enumerable.Range(0, 10).Select(i => new ParamValue(i, i / 7.0)).ToImmutableArray();
        var batch = new EventBatch(
        [
            new StudyEvents.TrialStarted(123456, new WorkerId("worker-17"), Guid.Empty, 654321, s_noon),
            new StudyEvents.ParamsSet(123456, ten),
            new StudyEvents.TrialFinished(123456, TrialState.Complete, [0.25], null, s_noon),
        ]);

        Assert.InRange(Bytes(batch).Length, 1, 200);
    }

    [Fact]
    public void A_chunk_has_each_workers_name_once_and_no_column_when_nobody_held_its_trials()
    {
        var held = ChunkWire.Write(Chunk("a", null, "b", "a"));
        Assert.Equal([1, 0, 2, 1], held.Worker.AsEnumerable());
        Assert.Equal(["a", "b"], held.Workers.AsEnumerable());
        Assert.Equal(["a", null, "b", "a"], ChunkWire.Read(held).Trials.Select(t => t.Worker));
        var nobodys = ChunkWire.Write(Chunk(null, null));
        Assert.Empty(nobodys.Worker);
        Assert.Equal([null, null], ChunkWire.Read(nobodys).Trials.Select(t => t.Worker));

        held.Worker[3] = 3;
        Assert.Contains("no worker 3", Assert.Throws<SerializationException>(() => ChunkWire.Read(held)).Message);
        held.Worker.RemoveAt(3);
        Assert.Throws<SerializationException>(() => ChunkWire.Read(held));
    }

    private static TrialChunk Chunk(params string?[] workers) =>
        new([.. workers.Select((w, n) => new FinishedTrial(n, TrialState.Fail, [], 0, 0, 0, [], TrialDetail.None, w))]);

    private static byte[] Bytes(object message) => SerializerTable.Of(message).Write(message);

    private static object Again(object message)
    {
        var row = SerializerTable.Of(message);
        return SerializerTable.Of(row.Manifest).Read(row.Write(message));
    }
}
