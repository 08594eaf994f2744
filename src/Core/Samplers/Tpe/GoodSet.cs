using Optuna.Studies;
using Optuna.Studies.State;
using Optuna.Trials;

namespace Optuna.Samplers.Tpe;

/// <summary>The best finished trials of a study in the order of <see cref="SplitKey"/>.</summary>
internal sealed class GoodSet
{
    private int[] _numbers = [];

    /// <summary>The numbers of the <paramref name="size"/> best complete and pruned trials, or of all if there are fewer; ascending. Valid until the next call.</summary>
    internal ReadOnlySpan<int> Of(StudyView study, int size)
    {
        size = Math.Min(size, study.CompleteCount + study.PrunedCount);
        if (_numbers.Length < size)
            _numbers = new int[2 * size];
        var good = _numbers.AsSpan(0, size);
        if (size <= study.BestNumbers.Length)
            study.BestNumbers.AsSpan(0, size).CopyTo(good);
        else
            Select(study, good);
        good.Sort();
        return good;
    }

    // More than the study keeps in order: only a gamma function of one's own asks for so many.
    private static void Select(StudyView study, Span<int> good)
    {
        var keys = new List<SplitKey>();
        for (var number = 0; number < study.TrialCount; number++)
        {
            if (study.IsFinished(number) && study.Table.State(number) != TrialState.Fail)
                keys.Add(SplitKey.Of(study.Table, number, study.Directions[0]));
        }

        keys.Sort();
        for (var i = 0; i < good.Length; i++)
            good[i] = keys[i].Number;
    }
}
