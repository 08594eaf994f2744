namespace Optuna.Worker.Objectives;

/// <summary>An external program did not evaluate its trial: the trial fails, the worker goes on with the next.</summary>
public sealed class ExecFailedException(string message, Exception? inner = null) : OptunaException(message, inner);
