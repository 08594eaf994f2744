using Akka.Actor;
using Optuna.Artifacts;
using Optuna.Coordinator.Telemetry;

namespace Optuna.Coordinator.Gateway.Http;

/// <summary>What calls of the API are answered with.</summary>
/// <param name="Artifacts">Null: this node was not told where they lie.</param>
/// <param name="Stopping">The node is about to end: streams end.</param>
internal sealed record ApiServices(ActorSystem System, StudyDoor Door, StudyFeeds Feeds, StudyList List, Cluster.Security.RoleTokens Tokens, NodeLoad Load, IArtifactStore? Artifacts, CancellationToken Stopping);
