namespace Optuna.Cli.Transfer;

/// <summary>Studies are not moved; the message is one sentence that names what stands in the way.</summary>
internal sealed class TransferRefusedException(string sentence, Exception? cause = null) : OptunaException(sentence, cause);
