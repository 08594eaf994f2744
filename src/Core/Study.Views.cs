using Optuna.Studies;

namespace Optuna;

/// <content>What samplers, pruners and terminators see of a study.</content>
public sealed partial class Study
{
    internal StudyView Look() => Wait(LookAsync());

    /// <summary>The study as it is now; of a study that lives elsewhere the trials are read.</summary>
    internal async ValueTask<StudyView> LookAsync(CancellationToken cancellationToken = default) => _backend is IStudyStateSource source
        ? source.Read(state => state.View)
        : DetachedState.Of(_summary, await GetTrialsAsync(cancellationToken: cancellationToken).ConfigureAwait(false)).View;
}
