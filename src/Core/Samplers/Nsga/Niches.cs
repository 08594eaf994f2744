using Optuna.MultiObjective;
using Optuna.Numerics;

namespace Optuna.Samplers.Nsga;

/// <summary>Trials by the reference direction they are nearest to, for choosing among those of the last front: Deb and Jain 2014 part I, algorithms 3 and 4.</summary>
/// <remarks>Directions come in the order of their first trial, and shuffles fall as in Optuna, so that a seeded study repeats its choice.</remarks>
internal sealed class Niches
{
    private readonly Dictionary<int, List<(double Distance, int Candidate)>> _candidates = [];
    private readonly List<List<int>> _byCount = [];

    /// <param name="normal">The normalised values: first of the trials that are chosen already, then of the candidates.</param>
    /// <param name="directions">Reference directions.</param>
    /// <param name="chosen">How many of the rows are chosen already.</param>
    internal Niches(in PointSet normal, double[][] directions, int chosen)
    {
        var squares = Array.ConvertAll(directions, d => d.Sum(x => x * x));
        var crowd = new int[directions.Length];
        var order = new List<int>();
        for (var row = 0; row < normal.Count; row++)
        {
            var (nearest, distance) = Nearest(normal[row], directions, squares);
            if (row < chosen)
            {
                crowd[nearest]++;
                continue;
            }

            if (!_candidates.TryGetValue(nearest, out var list))
            {
                _candidates.Add(nearest, list = []);
                order.Add(nearest);
            }

            list.Add((distance, row - chosen));
        }

        foreach (var direction in order)
            WithCount(crowd[direction]).Add(direction);
    }

    /// <summary>Candidates by number, 0 for the first.</summary>
    internal List<int> Choose(int places, RandomState random)
    {
        var selected = new List<int>(places);
        var shuffled = new HashSet<int>();
        for (var count = -1; selected.Count < places;)
        {
            if (count < 0 || WithCount(count).Count == 0)
            {
                Shuffle(random, WithCount(++count));
                continue;
            }

            var direction = Pop(WithCount(count));
            var candidates = _candidates[direction];
            if (count == 0)
                candidates.Sort(static (a, b) => b.CompareTo(a));
            else if (shuffled.Add(direction))
                Shuffle(random, candidates);
            selected.Add(Pop(candidates).Candidate);
            if (candidates.Count > 0)
                WithCount(count + 1).Add(direction);
        }

        return selected;
    }

    // By the distance from the line through the origin and the reference point; of equal ones the first.
    private static (int Nearest, double Distance) Nearest(ReadOnlySpan<double> point, double[][] directions, double[] squares)
    {
        var (nearest, least) = (0, double.PositiveInfinity);
        for (var p = 0; p < directions.Length; p++)
        {
            var direction = directions[p];
            var dot = 0.0;
            for (var k = 0; k < point.Length; k++)
                dot += point[k] * direction[k];
            var sum = 0.0;
            for (var k = 0; k < point.Length; k++)
            {
                var across = point[k] - (dot / squares[p] * direction[k]);
                sum += across * across;
            }

            if (Math.Sqrt(sum) < least)
                (nearest, least) = (p, Math.Sqrt(sum));
        }

        return (nearest, least);
    }

    private List<int> WithCount(int count)
    {
        while (_byCount.Count <= count)
            _byCount.Add([]);
        return _byCount[count];
    }

    private static void Shuffle<T>(RandomState random, List<T> items) => random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(items));

    private static T Pop<T>(List<T> items)
    {
        var last = items[^1];
        items.RemoveAt(items.Count - 1);
        return last;
    }
}
