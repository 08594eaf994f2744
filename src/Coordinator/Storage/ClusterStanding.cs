namespace Optuna.Coordinator.Storage;

/// <summary>What the directory knows of one life of a node.</summary>
public enum ClusterStanding
{
    Living,

    /// <summary>A later life has taken the address: two coordinators were given one, or this one has been restarted elsewhere.</summary>
    Displaced,

    /// <summary>The others could not hear this node and have gone on without it; it must end and may come back as a new life.</summary>
    Downed,
}
