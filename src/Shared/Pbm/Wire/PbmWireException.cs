namespace Optuna.Pbm.Wire;

/// <summary>The other side does not speak this protocol, or broke a limit of it; the connection is of no more use.</summary>
internal sealed class PbmWireException(string message, Exception? cause = null) : Exception(message, cause);
