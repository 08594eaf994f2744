using System.Collections.Immutable;
using Optuna.Studies;

namespace Optuna;

/// <content>What an operator decides about the fleet that works on a study. Every decision is as durable as the study.</content>
public sealed partial class Study
{
    /// <summary>Workers and optimisation loops finish the trials they have and wait until <see cref="ResumeAsync"/>.</summary>
    public ValueTask PauseAsync(CancellationToken cancellationToken = default) => DecideAsync(new StudyCommands.SetMode(StudyMode.Paused), cancellationToken);

    /// <summary>Gives out trials again, after a pause or a stop.</summary>
    public ValueTask ResumeAsync(CancellationToken cancellationToken = default) => DecideAsync(new StudyCommands.SetMode(StudyMode.Running), cancellationToken);

    /// <summary>Every worker and optimisation loop of the study, wherever it is, finishes the trials it has and ends.</summary>
    /// <remarks>Those started later end at once, until <see cref="ResumeAsync"/>.</remarks>
    public ValueTask StopEverywhereAsync(CancellationToken cancellationToken = default) => DecideAsync(new StudyCommands.SetMode(StudyMode.Stopped), cancellationToken);

    /// <summary>How many trials the study may have in all, whatever workers were started with.</summary>
    /// <param name="trials">Null: what workers were started with counts again.</param>
    /// <exception cref="ArgumentException">Negative.</exception>
    public ValueTask SetBudgetAsync(int? trials, CancellationToken cancellationToken = default) => DecideAsync(new StudyCommands.SetBudget(trials), cancellationToken);

    /// <summary>This worker finishes the trials it has and ends.</summary>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public ValueTask DrainWorkerAsync(string worker, CancellationToken cancellationToken = default) =>
        DecideAsync(new StudyCommands.DrainWorker(new WorkerId(worker)), cancellationToken);

    /// <summary>Running trials by number, and who holds them.</summary>
    public async ValueTask<ImmutableArray<TrialLease>> GetLeasesAsync(CancellationToken cancellationToken = default) =>
        (await _backend.QueryAsync(new StudyQueries.GetLeases(), cancellationToken).ConfigureAwait(false)).Expect<StudyReplies.Leases>().Held;

    private async ValueTask DecideAsync(IStudyCommand command, CancellationToken cancellationToken) =>
        (await _backend.SendAsync(command, cancellationToken).ConfigureAwait(false)).Expect<StudyReplies.Accepted>();
}
