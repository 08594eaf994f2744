namespace Optuna.Pbm.Wire;

/// <summary>What a frame is. The numbers are part of the wire format and are never re-used: docs/wire-format.md.</summary>
internal enum FrameKind : byte
{
    /// <summary>Client: a <see cref="Hello"/>, its first frame.</summary>
    Hello = 1,

    /// <summary>Client: a <see cref="Run"/>.</summary>
    Run = 2,

    /// <summary>Client: end the command that runs; it is still answered with <see cref="End"/>.</summary>
    Cancel = 3,

    /// <summary>Host: a <see cref="Welcome"/>, its first frame.</summary>
    Welcome = 16,

    /// <summary>Host: UTF-8 text, one line or more of a command's result.</summary>
    Row = 17,

    /// <summary>Host: UTF-8 text, a sentence for people, for standard error.</summary>
    Note = 18,

    /// <summary>Host: one byte, the exit code; the command is over.</summary>
    End = 19,
}
