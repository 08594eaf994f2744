namespace Optuna.Studies;

/// <summary>Where a study lives: in this process, or behind a coordinator. All a <see cref="Study"/> needs of it.</summary>
public interface IStudyBackend
{
    /// <summary>Carries a wish out, durably where the study is durable, and answers it.</summary>
    ValueTask<IStudyReply> SendAsync(IStudyCommand command, CancellationToken cancellationToken = default);

    ValueTask<IStudyReply> QueryAsync(IStudyQuery query, CancellationToken cancellationToken = default);

    /// <summary>Several trials of this process will run at once from now on.</summary>
    void PrepareForParallelTrials();
}
