using System.Collections.Immutable;
using Optuna.Studies;

namespace Optuna.Cluster.Protocol;

/// <summary>One row of a study's journal: the events of one commit, in order. Never empty.</summary>
public sealed record EventBatch(ImmutableArray<IStudyEvent> Events) : IWireMessage;
