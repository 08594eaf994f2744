using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Optuna.Cluster.Client;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Cli.Transfer;

/// <summary>Our side of a transfer: a study behind a coordinator, written and read in batches.</summary>
internal static class OurStudy
{
    // What a message may hold is 8 MiB; texts are counted by their characters, numbers by a guess above their size.
    private const int MaxTrials = 500, MaxSize = 1 << 20;

    /// <summary>Of a single trial.</summary>
    public const int MaxTrialSize = 4 << 20;

    /// <summary>What makes the study, without its trials.</summary>
    public static IEnumerable<IStudyCommand> Commands(ForeignStudy study)
    {
        yield return new StudyCommands.CreateStudy(
            study.Name, study.Directions, ComponentSpec.Default, ComponentSpec.Default, 0, OptunaClient.DefaultRetryLimit);
        foreach (var attr in Attrs(study))
            yield return attr;
    }

    /// <summary>Makes the study; one that cannot be made whole is deleted again.</summary>
    /// <param name="added">Called with the number of trials after every batch.</param>
    /// <exception cref="DuplicatedStudyException">The name is taken; that study stays as it is.</exception>
    public static async Task CreateAsync(
        OptunaClient client, ForeignStudy study, IAsyncEnumerable<FrozenTrial> trials, Action<int> added, CancellationToken cancel)
    {
        var made = await client.CreateStudyAsync(study.Name, study.Directions, ComponentSpec.Default, ComponentSpec.Default, cancellationToken: cancel)
            .ConfigureAwait(false);
        try
        {
            var backend = client.Backend(made.Id);
            foreach (var attr in Attrs(study))
                (await backend.SendAsync(attr, cancel).ConfigureAwait(false)).Expect<StudyReplies.Accepted>();
            var first = 0;
            await foreach (var batch in BatchesAsync(trials, cancel).ConfigureAwait(false))
            {
                (await backend.SendAsync(new StorageCommands.AddTrials(first, batch), cancel).ConfigureAwait(false)).Expect<StudyReplies.TrialAdded>();
                first += batch.Length;
                added(batch.Length);
            }
        }
        catch (Exception e)
        {
            throw await UndoneAsync(client, study.Name, e).ConfigureAwait(false);
        }
    }

    /// <summary>Trials from 0 up to <paramref name="count"/>, each as it is when its page is read.</summary>
    public static async IAsyncEnumerable<FrozenTrial> TrialsAsync(
        OptunaClient client, StudyId id, int count, [EnumeratorCancellation] CancellationToken cancel)
    {
        var backend = client.Backend(id);
        for (int? from = 0; from < count;)
        {
            var query = new StudyQueries.GetTrials(from.Value, Math.Min(MaxTrials, count - from.Value), []);
            var page = (await backend.QueryAsync(query, cancel).ConfigureAwait(false)).Expect<StudyReplies.Trials>();
            foreach (var trial in page.Page)
                yield return trial;
            from = page.Next;
        }
    }

    private static IEnumerable<StudyCommands.SetStudyAttr> Attrs(ForeignStudy study) =>
        study.UserAttrs.Select(a => new StudyCommands.SetStudyAttr(AttrKind.User, a.Key, a.Value))
            .Concat(study.SystemAttrs.Select(a => new StudyCommands.SetStudyAttr(AttrKind.System, a.Key, a.Value)));

    private static async IAsyncEnumerable<ImmutableArray<FrozenTrial>> BatchesAsync(
        IAsyncEnumerable<FrozenTrial> trials, [EnumeratorCancellation] CancellationToken cancel)
    {
        var batch = ImmutableArray.CreateBuilder<FrozenTrial>();
        var size = 0;
        await foreach (var trial in trials.WithCancellation(cancel).ConfigureAwait(false))
        {
            var own = Size(trial);
            if (batch.Count == MaxTrials || (batch.Count > 0 && size + own > MaxSize))
            {
                yield return batch.DrainToImmutable();
                size = 0;
            }

            batch.Add(trial);
            size += own;
        }

        if (batch.Count > 0)
            yield return batch.DrainToImmutable();
    }

    /// <summary>About the bytes it takes in a message.</summary>
    public static int Size(FrozenTrial trial) => 100 + (trial.IntermediateValues.Count * 20)
        + trial.ParamList.Sum(p => 40 + p.Name.Length) + trial.UserAttrs.Concat(trial.SystemAttrs).Sum(a => a.Key.Length + a.Value.Length);

    private static async Task<OptunaException> UndoneAsync(OptunaClient client, string name, Exception cause)
    {
        var why = cause is OperationCanceledException ? "It was interrupted." : cause.Message;
        try
        {
            // Not cancelled by what ended the import.
            await client.DeleteStudyAsync(name, CancellationToken.None).ConfigureAwait(false);
            return new TransferRefusedException($"Study '{name}' could not be imported whole and was deleted again: {why}", cause);
        }
        catch (Exception e) when (e is OptunaException or OperationCanceledException)
        {
            return new TransferRefusedException(
                $"Study '{name}' could not be imported whole, and what is there of it could not be deleted: delete it before you try again. {why}", cause);
        }
    }
}
