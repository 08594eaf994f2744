namespace Optuna.Pbm.Wire;

/// <summary>How a command ended, for scripts.</summary>
internal enum ExitCode : byte
{
    Done = 0,

    /// <summary>Understood and not done; a sentence says why.</summary>
    Refused = 1,

    /// <summary>No such command, or not its arguments.</summary>
    Usage = 2,

    /// <summary>Nobody listens there, it is no command host, or the line broke. Never sent: the client's own.</summary>
    Unreachable = 3,

    /// <summary>The node asks for a token that allows it.</summary>
    NotAllowed = 4,

    /// <summary>Ended by the client, and not a command that only ends so.</summary>
    Cancelled = 130,
}
