using System.Runtime.InteropServices;
using Optuna.MultiObjective;
using Optuna.Studies;

namespace Optuna.Samplers.Nsga;

/// <summary>A population front by front, by constrained domination.</summary>
internal readonly struct RankedPopulation
{
    private RankedPopulation(int[] numbers, PointSet values, List<int>[] fronts) => (Numbers, Values, Fronts) = (numbers, values, fronts);

    /// <summary>The trials' numbers; rows of the rest.</summary>
    internal int[] Numbers { get; }

    /// <summary>Objective values as they are, whichever the direction; NaN as ∞ or −∞, the worst.</summary>
    internal PointSet Values { get; }

    /// <summary>Rows by rank, in the order of the population.</summary>
    internal List<int>[] Fronts { get; }

    internal static RankedPopulation Of(StudyView study, IReadOnlyList<int> population)
    {
        int[] numbers = [.. population];
        var losses = PointSet.Of(study, numbers);
        var violations = Array.ConvertAll(numbers, study.Violation);
        var ranks = NonDominatedRanks.Of(losses, violations);
        var fronts = new List<int>[numbers.Length == 0 ? 0 : ranks.Max() + 1];
        foreach (ref var front in fronts.AsSpan())
            front = [];
        for (var row = 0; row < ranks.Length; row++)
            fronts[ranks[row]].Add(row);

        var m = losses.Dimensions;
        var values = losses.All.ToArray();
        for (var i = 0; i < values.Length; i++)
        {
            if (study.Directions[i % m] == StudyDirection.Maximize)
                values[i] = -values[i];
        }

        return new RankedPopulation(numbers, new PointSet(values, numbers.Length, m), fronts);
    }

    /// <summary>Whole fronts while there is room, then some of the first that does not fit.</summary>
    /// <param name="size">How many are wanted at most.</param>
    /// <param name="fill">From those chosen already (rows), the front and the number of places left, the rows to add.</param>
    internal List<int> Choose(int size, Func<List<int>, List<int>, int, IEnumerable<int>> fill)
    {
        var chosen = new List<int>(size);
        foreach (var front in Fronts)
        {
            if (chosen.Count + front.Count < size)
            {
                chosen.AddRange(front);
                continue;
            }

            chosen.AddRange(fill(chosen, front, size - chosen.Count).ToArray());
            break;
        }

        foreach (ref var row in CollectionsMarshal.AsSpan(chosen))
            row = Numbers[row];
        return chosen;
    }
}
