using System.Runtime.CompilerServices;
using Optuna.Studies;

namespace Optuna.Samplers;

/// <summary>What a sampler works out from a history, brought up to date as trials finish.</summary>
internal interface IFollowsHistory
{
    /// <summary>Takes in what has finished since; false when the view is older than what was taken in.</summary>
    bool CatchUp(StudyView study);
}

/// <summary>One <typeparamref name="T"/> per history (<see cref="StudyView.Memory"/>), gone with it.</summary>
internal sealed class HistoryMemory<T>(Func<T> create)
    where T : class, IFollowsHistory
{
    private readonly ConditionalWeakTable<object, T> _known = [];

    /// <summary>What follows from exactly this view's finished trials. Made anew for a view that is older than one asked for before.</summary>
    internal T Of(StudyView study)
    {
        var known = _known.GetValue(study.Memory, _ => create());
        if (known.CatchUp(study))
            return known;
        var older = create();
        older.CatchUp(study);
        return older;
    }
}
