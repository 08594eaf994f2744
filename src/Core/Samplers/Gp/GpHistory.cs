using Optuna.MultiObjective;
using Optuna.Studies;
using Optuna.Trials;

namespace Optuna.Samplers.Gp;

/// <summary>What a model is fitted to: the complete trials' coordinates, values and constraints, and where trials run.</summary>
internal sealed class GpHistory
{
    // A fit takes time as the cube of it. Beyond, the best trials and the newest of the others stand for all.
    internal const int MostTrials = 1000;

    private readonly GpSpace _space;
    private readonly StudyView _study;
    private readonly int[] _numbers;

    internal GpHistory(StudyView study, GpSpace space)
    {
        (_study, _space) = (study, space);
        _numbers = Choose(study);
        Points = new double[_numbers.Length * space.Dimensions];
        for (var d = 0; d < space.Dimensions; d++)
        {
            var column = study.Column(space.Name(d))!;
            for (var i = 0; i < _numbers.Length; i++)
                Points[(i * space.Dimensions) + d] = space.Axes[d].Coordinate(column[_numbers[i]]);
        }
    }

    internal int Count => _numbers.Length;

    /// <summary>Coordinates, row by row.</summary>
    internal double[] Points { get; }

    internal double[] Point(int row) => Points.AsSpan(row * _space.Dimensions, _space.Dimensions).ToArray();

    /// <summary>One objective's values, turned so that more is better.</summary>
    internal double[] Values(int objective)
    {
        var values = _study.Values(objective);
        var sign = _study.Directions[objective] == StudyDirection.Minimize ? -1 : 1;
        var found = new double[Count];
        for (var i = 0; i < found.Length; i++)
            found[i] = sign * values[_numbers[i]];
        return found;
    }

    /// <summary>Per constraint its values, in the order of their names; none when no complete trial has any.</summary>
    /// <exception cref="InvalidOperationException">Trials have different numbers of constraints.</exception>
    internal double[][] Constraints()
    {
        if (!_study.HasConstraints)
            return [];
        var rows = _numbers.Select(n => TrialConstraints.Read(_study.Table.Detail(n).SystemAttrs).Values.ToArray()).ToArray();
        var count = rows.Max(r => r.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i].Length != count)
            {
                throw new InvalidOperationException(
                    $"GpSampler needs the same number of constraints in every complete trial, but trial {_numbers[i]} has {rows[i].Length} where another has {count}.");
            }
        }

        return [.. Enumerable.Range(0, count).Select(c => rows.Select(r => r[c]).ToArray())];
    }

    /// <summary>Coordinates, row by row, of running trials that have all parameters of the space.</summary>
    /// <param name="self">The trial that is drawn for.</param>
    internal double[] Running(int self)
    {
        var rows = new List<double>();
        foreach (var trial in _study.Running)
        {
            if (trial.Number == self)
                continue;
            var row = new double[_space.Dimensions];
            for (var d = 0; d < row.Length; d++)
                row[d] = _space.Axes[d].Coordinate(trial[_space.Name(d)]);
            if (Array.TrueForAll(row, double.IsFinite))
                rows.AddRange(row);
        }

        return [.. rows];
    }

    private static int[] Choose(StudyView study)
    {
        var all = new List<int>(study.CompleteCount);
        for (var number = 0; number < study.TrialCount; number++)
        {
            if (study.IsFinished(number) && study.States[number] == (byte)TrialState.Complete)
                all.Add(number);
        }

        if (all.Count <= MostTrials)
            return [.. all];
        int[] numbers = [.. all];
        var ranks = NonDominatedRanks.Of(PointSet.Of(study, numbers), Array.ConvertAll(numbers, study.Violation));
        Array.Sort(ranks, numbers);
        // Of a rank the oldest first, whatever the sort made of them.
        var last = ranks[(MostTrials / 2) - 1];
        var chosen = Enumerable.Range(0, numbers.Length)
            .TakeWhile(i => ranks[i] <= last)
            .OrderBy(i => ranks[i]).ThenBy(i => numbers[i])
            .Take(MostTrials / 2)
            .Select(i => numbers[i])
            .ToHashSet();
        for (var i = all.Count - 1; chosen.Count < MostTrials; i--)
            chosen.Add(all[i]);
        return [.. chosen.Order()];
    }
}
