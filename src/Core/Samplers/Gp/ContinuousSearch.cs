using Optuna.Numerics.Minimizing;

namespace Optuna.Samplers.Gp;

/// <summary>Climbs from several points at once along their continuous coordinates, each counted in its length scale.</summary>
/// <remarks>In step, so that points of different climbs are evaluated together: arXiv 2511.13625.</remarks>
internal sealed class ContinuousSearch
{
    private const double GradientTolerance = 1e-2;
    private const int Iterations = 200;

    private readonly PointBlocks _blocks;
    private readonly int[] _continuous;
    private readonly double[] _scales;
    private readonly int _dimensions;

    internal ContinuousSearch(PointBlocks blocks, GpSpace space, double[] lengthScales)
    {
        (_blocks, _continuous, _dimensions) = (blocks, space.Continuous, space.Dimensions);
        _scales = [.. _continuous.Select(d => lengthScales[d])];
    }

    /// <summary>Moves those climbers that get higher.</summary>
    internal void Climb(IReadOnlyList<Climber> climbers)
    {
        foreach (var c in climbers)
            c.HasMoved = false;
        if (_continuous.Length == 0)
            return;
        var (lower, upper) = (new double[_scales.Length], _scales.Select(s => 1 / s).ToArray());
        var start = new double[_scales.Length];
        var going = new List<(Climber Climber, BoundedMinimizer Minimizer)>(climbers.Count);
        foreach (var c in climbers)
        {
            for (var i = 0; i < start.Length; i++)
                start[i] = c.Point[_continuous[i]] / _scales[i];
            going.Add((c, new BoundedMinimizer(start, lower, upper, new MinimizerLimits { Gradient = GradientTolerance, Iterations = Iterations })));
        }

        var (rows, gradients, values) = (new double[going.Count * _dimensions], new double[going.Count * _dimensions], new double[going.Count]);
        while (going.Count > 0)
        {
            for (var g = 0; g < going.Count; g++)
                Place(going[g].Climber, going[g].Minimizer, rows.AsSpan(g * _dimensions, _dimensions));
            _blocks.Evaluate(rows.AsSpan(0, going.Count * _dimensions), values.AsSpan(0, going.Count), _continuous, gradients);
            var kept = 0;
            for (var g = 0; g < going.Count; g++)
            {
                for (var i = 0; i < start.Length; i++)
                    start[i] = -gradients[(g * _dimensions) + _continuous[i]] * _scales[i];
                if (going[g].Minimizer.Tell(-values[g], start))
                    going[kept++] = going[g];
                else
                    Settle(going[g].Climber, going[g].Minimizer);
            }

            going.RemoveRange(kept, going.Count - kept);
        }
    }

    private void Place(Climber climber, BoundedMinimizer minimizer, Span<double> row)
    {
        climber.Point.CopyTo(row);
        for (var i = 0; i < _continuous.Length; i++)
            row[_continuous[i]] = Math.Min(Math.Max(minimizer.Point[i] * _scales[i], 0), 1);
    }

    private void Settle(Climber climber, BoundedMinimizer minimizer)
    {
        if (minimizer.Iterations == 0 || !(-minimizer.Value > climber.Value))
            return;
        Place(climber, minimizer, climber.Point);
        (climber.Value, climber.HasMoved) = (-minimizer.Value, true);
    }
}
