namespace Optuna.Coordinator.Storage;

/// <summary>
/// The coordinator will not start on this storage. The message is one sentence for the operator: what is wrong and how
/// to mend it. Nothing in the storage was changed.
/// </summary>
public sealed class StorageRefusedException(string sentence, Exception? cause = null) : Exception(sentence, cause)
{
    /// <summary>Nothing is wrong with the storage, but another coordinator has it.</summary>
    public bool IsInUse { get; init; }
}
