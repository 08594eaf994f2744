using System.Collections.Immutable;
using Optuna.Trials;

namespace Optuna.Studies;

/// <summary>System attributes a sampler or pruner sets while it decides: seen by itself at once, by the study in one turn with the decision.</summary>
internal sealed class AttrWishes
{
    private readonly List<(AttrOwner Owner, string Key, string Json)> _set = [];

    public void Set(AttrOwner owner, string key, string json) => _set.Add((owner, key, json));

    /// <summary>What was set last, or null.</summary>
    public string? Find(AttrOwner owner, string key)
    {
        for (var i = _set.Count - 1; i >= 0; i--)
        {
            if (_set[i].Owner == owner && _set[i].Key == key)
                return _set[i].Json;
        }

        return null;
    }

    /// <summary>As wishes the study's shell puts to the rules.</summary>
    /// <param name="number">The trial that is decided for.</param>
    public ImmutableArray<IStudyCommand> Commands(int number) => [.. _set.Select(IStudyCommand (s) => s.Owner == AttrOwner.Study
        ? new StudyCommands.SetStudyAttr(AttrKind.System, s.Key, s.Json)
        : new StudyCommands.SetTrialAttr(number, 0, AttrKind.System, s.Key, s.Json))];
}

internal enum AttrOwner
{
    Study,
    Trial,
}
