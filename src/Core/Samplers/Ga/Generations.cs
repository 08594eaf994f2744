using System.Globalization;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Samplers.Ga;

/// <summary>The complete trials of a study by generation: kept up as trials finish. Beside them the latest parents, which the study's attributes tell.</summary>
internal sealed class Generations(string key) : IFollowsHistory
{
    private readonly List<List<int>> _members = [];
    private readonly Dictionary<int, int[]> _parents = [];
    private int _taken;

    public bool CatchUp(StudyView study)
    {
        if (study.FinishedCount < _taken)
            return false;
        foreach (var number in study.FinishOrder[_taken..])
        {
            if ((TrialState)study.States[number] == TrialState.Complete && Parse(study.TrialAttr(number, key)) is { } generation)
                Add(generation, number);
        }

        _taken = study.FinishedCount;
        return true;
    }

    /// <summary>The generation a new trial is of.</summary>
    internal int Latest(int populationSize) =>
        _members.Count == 0 ? 0 : _members[^1].Count < populationSize ? _members.Count - 1 : _members.Count;

    /// <summary>Its complete trials, ascending.</summary>
    internal IReadOnlyList<int> Of(int generation) => generation < _members.Count ? _members[generation] : [];

    /// <summary>What was set, while it is of use.</summary>
    internal int[]? ParentsOf(int generation) => _parents.GetValueOrDefault(generation);

    /// <param name="generation">1 or more.</param>
    /// <param name="parents">Ascending.</param>
    internal int[] SetParents(int generation, int[] parents)
    {
        // Trials of the last generation may still draw when the first of the next does.
        _parents.Remove(generation - 2);
        return _parents[generation] = parents;
    }

    /// <summary>A generation from an attribute's text; null for what is none.</summary>
    internal static int? Parse(string? json) =>
        int.TryParse(json, NumberStyles.None, CultureInfo.InvariantCulture, out var generation) && generation < MostGenerations ? generation : null;

    // More than any study has; an attribute that somebody else made up must not cost memory.
    private const int MostGenerations = 10_000_000;

    private void Add(int generation, int number)
    {
        while (_members.Count <= generation)
            _members.Add([]);
        var members = _members[generation];
        var at = members.BinarySearch(number);
        members.Insert(~at, number);
    }
}
