using System.Collections.Immutable;
using Optuna.Studies;
using Optuna.Studies.State;

namespace Optuna.Cluster.Protocol;

/// <summary>One row of a study's journal: the events of one commit, in order. Never empty.</summary>
public sealed record EventBatch(ImmutableArray<IStudyEvent> Events) : IWireMessage;

/// <summary>The newest snapshot of a study; the chunks it speaks of are there before it.</summary>
internal sealed record StudySnapshot(StudyImage Image) : IWireMessage;

/// <summary>A part of a study's snapshot that never changes: <see cref="TrialChunk.Size"/> trials.</summary>
internal sealed record StudySnapshotChunk(TrialChunk Chunk) : IWireMessage;
