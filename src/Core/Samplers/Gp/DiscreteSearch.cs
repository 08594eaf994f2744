namespace Optuna.Samplers.Gp;

/// <summary>
/// Looks for a better value of one discrete parameter from several points at once: at all values when they are few or
/// choices, else at sixteen spread over the range, again between the neighbours of the best, and so on.
/// </summary>
internal sealed class DiscreteSearch(PointBlocks blocks, GpSpace space)
{
    private const int AllUpTo = 16;

    private double[] _rows = [];
    private double[] _values = [];

    /// <summary>Moves those climbers that get higher.</summary>
    internal void Climb(IReadOnlyList<Climber> climbers, int dimension)
    {
        var axis = space.Axes[dimension];
        var all = axis.IsCategorical || axis.Count <= AllUpTo;
        var lines = climbers.Select(c => new Line(c, axis.IndexOf(c.Point[dimension]), axis.Count)).ToList();
        var going = lines;
        while (going.Count > 0)
        {
            foreach (var line in going)
                line.Spread(all ? axis.Count : AllUpTo);
            Evaluate(going, dimension);
            going = [.. going.Where(l => l.Narrow())];
        }

        foreach (var line in lines)
        {
            var climber = line.Climber;
            climber.HasMoved = line.Best != line.Start;
            if (climber.HasMoved)
                (climber.Point[dimension], climber.Value) = (axis.At(line.Best), line.BestValue);
        }
    }

    private void Evaluate(List<Line> lines, int dimension)
    {
        var (axis, count, dimensions) = (space.Axes[dimension], lines.Sum(l => l.Tried.Count), space.Dimensions);
        if (_values.Length < count)
            (_values, _rows) = (new double[count], new double[count * dimensions]);
        var at = 0;
        foreach (var line in lines)
        foreach (var index in line.Tried)
        {
            line.Climber.Point.CopyTo(_rows.AsSpan(at * dimensions));
            _rows[(at++ * dimensions) + dimension] = axis.At(index);
        }

        if (count > 0)
            blocks.Evaluate(_rows.AsSpan(0, count * dimensions), _values.AsSpan(0, count));
        at = 0;
        foreach (var line in lines)
        foreach (var index in line.Tried)
            line.Take(index, _values[at++]);
    }

    /// <summary>One climber's search: value numbers between the ends are still open, except the best.</summary>
    private sealed class Line(Climber climber, double start, double count)
    {
        private double _low = -1;
        private double _high = count;

        internal Climber Climber { get; } = climber;

        internal double Start { get; } = start;

        internal double Best { get; private set; } = start;

        internal double BestValue { get; private set; } = climber.Value;

        /// <summary>Value numbers to look at next, ascending.</summary>
        internal List<double> Tried { get; } = [];

        internal void Spread(double most)
        {
            Tried.Clear();
            var open = _high - _low - 1;
            if (open <= most)
            {
                for (var i = _low + 1; i < _high; i++)
                    Add(i);
                return;
            }

            for (var k = 0; k < most; k++)
                Add(_low + 1 + Math.Floor(k * (open - 1) / (most - 1)));
        }

        internal void Take(double index, double value)
        {
            if (value > BestValue)
                (Best, BestValue) = (index, value);
        }

        /// <summary>Draws the ends in to the neighbours of the best; false when nothing is open between them.</summary>
        internal bool Narrow()
        {
            var (low, high) = (_low, _high);
            foreach (var index in Tried.Append(Start))
            {
                if (index < Best)
                    low = Math.Max(low, index);
                else if (index > Best)
                    high = Math.Min(high, index);
            }

            (_low, _high) = (low, high);
            return _high - _low > 2;
        }

        private void Add(double index)
        {
            if (index != Best)
                Tried.Add(index);
        }
    }
}
