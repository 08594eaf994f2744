using Optuna.Trials;

namespace Optuna.Cli.Transfer;

/// <summary>A store of Optuna's that is read: the same at every reading, whatever others write into it meanwhile.</summary>
internal interface IForeignSource : IAsyncDisposable
{
    /// <summary>In the store's order.</summary>
    IReadOnlyList<ForeignStudy> Studies { get; }

    /// <summary>Sentences for people: what was assumed or left out.</summary>
    IReadOnlyList<string> Notes { get; }

    /// <summary>The study's trials in order of number; only a part of them is ever held.</summary>
    /// <exception cref="TransferRefusedException">Something in the store cannot be understood.</exception>
    IAsyncEnumerable<FrozenTrial> TrialsAsync(ForeignStudy study, CancellationToken cancel);
}
