using System.Collections.Immutable;
using Optuna.Trials;

namespace Optuna.Studies;

/// <summary>One answer's worth of changed trials: bounded in number and in size, so that it fits into a message however long their attributes are.</summary>
internal sealed class ChangesPage(int limit)
{
    /// <summary>Bytes on the wire, about; one trial alone may have more.</summary>
    public const int MaxSize = 2 << 20;

    /// <summary>So many small trials at most. Each page is a way to the study and back, which under load takes longer than the page.</summary>
    public const int MaxTrials = 10_000;

    private readonly ImmutableArray<FrozenTrial>.Builder _finished = ImmutableArray.CreateBuilder<FrozenTrial>();
    private readonly ImmutableArray<FrozenTrial>.Builder _unfinished = ImmutableArray.CreateBuilder<FrozenTrial>();
    private int _size;

    /// <returns>False when the page is full without it.</returns>
    public bool AddFinished(FrozenTrial trial) => Add(_finished, trial);

    /// <inheritdoc cref="AddFinished"/>
    public bool AddUnfinished(FrozenTrial trial) => Add(_unfinished, trial);

    public StudyReplies.Changes Broken(long version) => new(version, _finished.DrainToImmutable(), _unfinished.DrainToImmutable(), More: true);

    public StudyReplies.Changes Whole(long version) => new(version, _finished.DrainToImmutable(), _unfinished.DrainToImmutable(), More: false);

    private bool Add(ImmutableArray<FrozenTrial>.Builder to, FrozenTrial trial)
    {
        var (count, size) = (_finished.Count + _unfinished.Count, SizeOf(trial));
        if (count > 0 && (count >= Math.Clamp(limit, 1, MaxTrials) || _size + size > MaxSize))
            return false;
        _size += size;
        to.Add(trial);
        return true;
    }

    /// <summary>About what it takes on the wire.</summary>
    public static int SizeOf(FrozenTrial trial)
    {
        var size = 100 + (trial.ParamList.Length * 60) + (trial.IntermediateValues.Count * 12) + (trial.Worker?.Length ?? 0);
        foreach (var (key, json) in trial.UserAttrs)
            size += key.Length + json.Length;
        foreach (var (key, json) in trial.SystemAttrs)
            size += key.Length + json.Length;
        return size;
    }
}
