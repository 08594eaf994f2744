using System.Collections.Immutable;
using Optuna.Studies;
using Optuna.Studies.State;

namespace Optuna.Cluster.Protocol;

/// <summary>One row of a study's journal: the events of one commit, in order. Never empty.</summary>
public sealed record EventBatch(ImmutableArray<IStudyEvent> Events) : IWireMessage;

/// <summary>
/// One row of a study's journal: from here on this owner writes it. It says nothing of the study, but takes the next number:
/// an earlier owner that is still out there cannot write any more.
/// </summary>
/// <param name="By">Address of the owner's node, for people who read a journal.</param>
public sealed record JournalClaimed(string By, DateTimeOffset At) : IWireMessage;

/// <summary>The newest snapshot of a study; the chunks it speaks of are there before it.</summary>
internal sealed record StudySnapshot(StudyImage Image) : IWireMessage;

/// <summary>A part of a study's snapshot that never changes: <see cref="TrialChunk.Size"/> trials.</summary>
internal sealed record StudySnapshotChunk(TrialChunk Chunk) : IWireMessage;
