using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Visualization;

/// <summary>The one value per trial that most plots show: the objective's, or what the user makes of a trial.</summary>
internal readonly struct Target
{
    internal const string DefaultName = "Objective Value";

    private readonly Func<FrozenTrial, double>? _custom;

    private Target(Func<FrozenTrial, double>? custom) => _custom = custom;

    /// <summary>The user's own: no direction is known to be the better one.</summary>
    internal bool IsCustom => _custom is not null;

    /// <exception cref="ArgumentException">A study has several objectives and no target was given.</exception>
    internal static Target Of(Func<FrozenTrial, double>? target, params IEnumerable<PlotStudy> studies)
    {
        if (target is null && studies.FirstOrDefault(s => s.IsMultiObjective) is { } several)
        {
            throw new ArgumentException(
                $"'target' must be given: study '{several.Name}' has {several.Directions.Length} objectives, and this plot shows one value per trial.", nameof(target));
        }

        return new Target(target);
    }

    internal double Value(FrozenTrial trial) => _custom is null ? trial.Values[0] : _custom(trial);

    /// <summary>Small values are drawn dark.</summary>
    internal bool IsReversed(PlotStudy study) => IsCustom || study.Directions[0] == StudyDirection.Minimize;

    /// <summary>The complete trials whose value is finite, with it.</summary>
    internal List<Scored> Finite(PlotStudy study)
    {
        var target = this;
        var all = study.Complete().ConvertAll(t => new Scored(t, target.Value(t)));
        var finite = all.FindAll(s => double.IsFinite(s.Value));
        if (finite.Count < all.Count)
            OptunaLog.Warning($"Study '{study.Name}': {all.Count - finite.Count} of {all.Count} complete trials are left out of the figure, for their value is not finite.");
        return finite;
    }
}

/// <summary>A trial and the value it is drawn with.</summary>
internal readonly record struct Scored(FrozenTrial Trial, double Value);
