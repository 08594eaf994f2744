namespace Optuna.Coordinator.Storage;

/// <summary>One life of a coordinator, as the directory names it.</summary>
/// <param name="Address">Akka address, as <c>akka.tcp://optuna@10.0.0.1:4053</c>.</param>
/// <param name="Incarnation">Tells lives at one address apart.</param>
public sealed record ClusterPeer(string Address, string Incarnation);
