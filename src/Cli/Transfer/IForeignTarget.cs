using Optuna.Trials;

namespace Optuna.Cli.Transfer;

/// <summary>A store of Optuna's that is written: nothing of it is seen by others before <see cref="CommitAsync"/>, and nothing ever without it.</summary>
internal interface IForeignTarget : IAsyncDisposable
{
    IReadOnlyList<string> Notes { get; }

    /// <summary>Refuses a name the store has already.</summary>
    Task CheckNameAsync(string name, CancellationToken cancel);

    /// <summary>Adds a study and its trials, which come in order of number.</summary>
    Task WriteAsync(ForeignStudy study, IAsyncEnumerable<FrozenTrial> trials, CancellationToken cancel);

    Task CommitAsync(CancellationToken cancel);
}
