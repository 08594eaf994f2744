using Optuna.Numerics;

namespace Optuna.Samplers.Gp;

/// <summary>
/// Where an acquisition function is greatest: the best of many evenly spread points, some others by roulette and the best
/// known one climb by turns along continuous and discrete parameters.
/// </summary>
internal sealed class MixedSearch
{
    private const int Spread = 2048;
    private const int Starts = 10;
    private const int Rounds = 100;

    // exp(−700) of the best one's weight: never drawn, and near the least number there is.
    private const double Hopeless = -700;

    private readonly GpSpace _space;
    private readonly PointBlocks _blocks;
    private readonly ContinuousSearch _continuous;
    private readonly DiscreteSearch _discrete;

    internal MixedSearch(Acquisition acquisition, GpSpace space)
    {
        _space = space;
        _blocks = new PointBlocks(acquisition, space.Dimensions);
        _continuous = new ContinuousSearch(_blocks, space, acquisition.LengthScales);
        _discrete = new DiscreteSearch(_blocks, space);
    }

    /// <summary>The best point found.</summary>
    /// <param name="known">Points to start from besides, at most nine.</param>
    internal double[] Maximize(IReadOnlyList<double[]> known, RandomState random)
    {
        var climbers = Choose(Starts - known.Count, random);
        climbers.AddRange(known.Select(p => new Climber([.. p])));
        Value(climbers);
        Climb(climbers);
        var best = climbers[0];
        foreach (var c in climbers)
        {
            if (c.Value > best.Value)
                best = c;
        }

        return best.Point;
    }

    private void Value(List<Climber> climbers)
    {
        var (rows, values) = (new double[climbers.Count * _space.Dimensions], new double[climbers.Count]);
        for (var i = 0; i < climbers.Count; i++)
            climbers[i].Point.CopyTo(rows.AsSpan(i * _space.Dimensions));
        _blocks.Evaluate(rows, values);
        for (var i = 0; i < climbers.Count; i++)
            climbers[i].Value = values[i];
    }

    private List<Climber> Choose(int count, RandomState random)
    {
        var dimensions = _space.Dimensions;
        var (rows, values, column) = (_space.Spread(Spread, random), new double[Spread], new double[Spread]);
        _blocks.Evaluate(rows, values);
        var best = 0;
        for (var i = 1; i < Spread; i++)
        {
            if (values[i] > values[best])
                best = i;
        }

        // By roulette without putting back, by exp of the value; what has no chance is left alone.
        var chosen = new List<Climber> { At(best) };
        var top = values[best];
        var total = 0.0;
        for (var i = 0; i < Spread; i++)
        {
            column[i] = i == best || !(values[i] - top > Hopeless) ? 0 : Math.Exp(values[i] - top);
            total += column[i];
        }

        while (chosen.Count < count && total > 0)
        {
            var (left, picked) = (random.NextDouble() * total, -1);
            for (var i = 0; i < Spread && (picked < 0 || left >= 0); i++)
            {
                if (column[i] == 0)
                    continue;
                picked = i;
                left -= column[i];
            }

            if (picked < 0)
                break;
            total -= column[picked];
            column[picked] = 0;
            chosen.Add(At(picked));
        }

        return chosen;

        Climber At(int i) => new(rows.AsSpan(i * dimensions, dimensions).ToArray());
    }

    private void Climb(List<Climber> climbers)
    {
        var going = climbers;
        for (var round = 0; round < Rounds; round++)
        {
            _continuous.Climb(going);
            Note(going, Climber.Continuous);
            foreach (var d in _space.Discrete)
            {
                going = [.. going.Where(c => c.LastMoved != d)];
                if (going.Count == 0)
                    return;
                _discrete.Climb(going, d);
                Note(going, d);
            }

            going = [.. going.Where(c => c.LastMoved != Climber.Continuous)];
            if (going.Count == 0)
                return;
        }
    }

    private static void Note(List<Climber> climbers, int dimension)
    {
        foreach (var c in climbers)
        {
            if (c.HasMoved)
                c.LastMoved = dimension;
        }
    }
}
