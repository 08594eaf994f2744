using Optuna.Pruners;
using Optuna.Samplers;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna;

/// <content>Starting from what another study knows.</content>
public sealed partial class Study
{
    /// <summary>A new study in this process with the directions, attributes and trials of this one, as they are now, wherever this one lives.</summary>
    /// <param name="studyName">Null: a name nobody else has.</param>
    /// <param name="sampler">Null: the one this study names.</param>
    /// <param name="pruner">Null: likewise.</param>
    /// <param name="seed">Null: another sequence every time.</param>
    /// <remarks>Trials that run or wait are copied as they stand, as Optuna does; nobody holds the copies.</remarks>
    public Study Copy(string? studyName = null, ISampler? sampler = null, IPruner? pruner = null, ulong? seed = null, TimeProvider? clock = null) =>
        Wait(CopyAsync(studyName, sampler, pruner, seed, clock));

    /// <inheritdoc cref="Copy"/>
    public async ValueTask<Study> CopyAsync(
        string? studyName = null, ISampler? sampler = null, IPruner? pruner = null, ulong? seed = null, TimeProvider? clock = null,
        CancellationToken cancellationToken = default)
    {
        var source = await GetSummaryAsync(cancellationToken).ConfigureAwait(false);
        var trials = await GetTrialsAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        var copy = Create(
            studyName, directions: source.Directions, sampler: sampler ?? SamplerCatalog.Create(source.Sampler, source.Directions.Length),
            pruner: pruner ?? PrunerCatalog.Create(source.Pruner), seed: seed, clock: clock);
        foreach (var (key, json) in source.UserAttrs)
            copy.Send(new StudyCommands.SetStudyAttr(AttrKind.User, key, json)).Expect<StudyReplies.Accepted>();
        foreach (var (key, json) in source.SystemAttrs)
            copy.Send(new StudyCommands.SetStudyAttr(AttrKind.System, key, json)).Expect<StudyReplies.Accepted>();
        copy.AddTrials(trials);
        return copy;
    }
}
