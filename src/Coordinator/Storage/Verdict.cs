namespace Optuna.Coordinator.Storage;

/// <summary>What a node that does not hear others may do.</summary>
public enum Verdict
{
    /// <summary>Go on without them: each of them is marked, and can never again go on without this node.</summary>
    GoOn,

    /// <summary>Others have gone on without this node: it must end.</summary>
    End,

    /// <summary>Those that are not heard live and are more, or as many with the lowest address: it is theirs to decide. Ask again.</summary>
    Wait,
}
