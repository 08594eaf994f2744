using System.Collections.Immutable;
using Optuna.Distributions;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Coordinator.Gateway.Http;

/// <summary>Where in a study's changes a reader stands.</summary>
/// <param name="Finished">How many trials had finished; null when the reader does not know.</param>
internal readonly record struct ChangePosition(long Version, int? Finished)
{
    /// <summary><c>412-44</c>, or the version alone.</summary>
    public static bool TryParse(string text, out ChangePosition position)
    {
        position = default;
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (!long.TryParse(dash < 0 ? text : text[..dash], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var version))
            return false;
        if (dash < 0)
        {
            position = new ChangePosition(version, null);
            return true;
        }

        if (!int.TryParse(text[(dash + 1)..], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var finished))
            return false;
        position = new ChangePosition(version, finished);
        return true;
    }

    public override string ToString() => Finished is { } finished ? $"{Version}-{finished}" : $"{Version}";
}

/// <summary>A study as this node read it last: shared by all who read it, never changed by them.</summary>
/// <remarks>The columns are shared with later readings: a trial may be newer here than <see cref="Position"/> says, never older.</remarks>
internal sealed class StudyReading(
    StudySummary summary, ChangePosition position, FrozenTrial?[] trials, long[] changedAt, int count, ReadOnlyMemory<int> finishOrder,
    ImmutableArray<TrialLease> leases, StudyNotes notes, IReadOnlyDictionary<string, Distribution> space)
{
    public StudySummary Summary => summary;

    public StudyNotes Notes => notes;

    /// <summary>Parameters in the order they were met. A name whose range was changed on the way has the one it was last suggested with.</summary>
    public IReadOnlyDictionary<string, Distribution> Space => space;

    public ChangePosition Position => position;

    /// <summary>By number, one after the other.</summary>
    public IEnumerable<FrozenTrial> Trials
    {
        get
        {
            for (var number = 0; number < count; number++)
            {
                if (trials[number] is { } trial)
                    yield return trial;
            }
        }
    }

    public FrozenTrial? Find(int number) => number >= 0 && number < count ? trials[number] : null;

    public TrialLease? LeaseOf(int number) => leases.FirstOrDefault(l => l.Number == number);

    public ImmutableArray<TrialLease> Leases => leases;

    /// <summary>What changed after a position, by number; perhaps more than that when the position is from before this node's first reading.</summary>
    public IEnumerable<FrozenTrial> ChangedSince(ChangePosition since)
    {
        var late = since.Finished is { } known ? finishOrder[Math.Min(known, finishOrder.Length)..].ToArray().ToHashSet() : null;
        for (var number = 0; number < count; number++)
        {
            if (trials[number] is not { } trial || changedAt[number] <= since.Version)
                continue;
            // With the number of finished trials it is known which of them are new, whenever this node has begun to read.
            if (late is null || !trial.State.IsFinished() || late.Contains(number) || notes.ChangedAt(number) > since.Version)
                yield return trial;
        }
    }
}
