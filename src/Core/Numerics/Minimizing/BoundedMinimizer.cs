namespace Optuna.Numerics.Minimizing;

/// <summary>How a minimization ended.</summary>
internal enum MinimizerOutcome
{
    Running,

    /// <summary>The projected gradient, or the function's fall, is below its tolerance.</summary>
    Converged,

    /// <summary>No lower point was found along any direction: rounding, a wrong gradient, or a value that is no number.</summary>
    Stuck,

    /// <summary>Iterations or evaluations ran out.</summary>
    Limited,
}

/// <summary>When a <see cref="BoundedMinimizer"/> stops; SciPy's defaults.</summary>
internal readonly record struct MinimizerLimits()
{
    /// <summary>Largest element of the projected gradient.</summary>
    internal double Gradient { get; init; } = 1e-5;

    /// <summary>Fall of the function in one iteration, in units of its size (at least 1).</summary>
    internal double Fall { get; init; } = 2.220446049250313e-9;

    internal int Iterations { get; init; } = 15000;

    internal int Evaluations { get; init; } = 15000;
}

/// <summary>
/// L-BFGS-B, the limited-memory quasi-Newton method within bounds of Byrd, Lu, Nocedal and Zhu (1995). It does not call
/// the function: it says where it wants it, so that several can be driven in step and their points evaluated together.
/// </summary>
/// <remarks>Not thread-safe. The same calls give the same numbers on every machine.</remarks>
internal sealed class BoundedMinimizer
{
    private const int Memory = 10;
    private const int MostSteps = 20;

    private readonly MinimizerLimits _limits;
    private readonly CompactHessian _hessian;
    private readonly BoundedDirection _direction;
    private readonly double[] _lower;
    private readonly double[] _upper;
    private readonly double[] _x;
    private readonly double[] _gradient;
    private readonly double[] _target;
    private readonly double[] _along;
    private readonly double[] _point;
    private readonly double[] _change;
    private readonly bool _isBoxed;
    private readonly bool _isFree;
    private LineSearch _search;
    private double _slope;
    private int _steps;
    private int _evaluations;

    /// <param name="start">Moved to the nearest point within the bounds.</param>
    /// <param name="lower">−∞ for none.</param>
    /// <param name="upper">∞ for none.</param>
    internal BoundedMinimizer(ReadOnlySpan<double> start, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper, MinimizerLimits limits)
    {
        var n = start.Length;
        _limits = limits;
        (_lower, _upper) = (lower.ToArray(), upper.ToArray());
        (_x, _gradient, _target, _along, _point, _change) = (new double[n], new double[n], new double[n], new double[n], new double[n], new double[n]);
        for (var i = 0; i < n; i++)
            _x[i] = Math.Min(Math.Max(start[i], lower[i]), upper[i]);
        _x.CopyTo(_point, 0);
        _isBoxed = Array.TrueForAll(_lower, double.IsFinite) && Array.TrueForAll(_upper, double.IsFinite);
        _isFree = Array.TrueForAll(_lower, double.IsNegativeInfinity) && Array.TrueForAll(_upper, double.IsPositiveInfinity);
        _hessian = new CompactHessian(n, Memory);
        _direction = new BoundedDirection(n, Memory);
    }

    /// <summary>Where the function is to be evaluated next; the best point found once <see cref="Tell"/> has returned false.</summary>
    internal ReadOnlySpan<double> Point => _point;

    /// <summary>The function at the last point accepted; NaN before there is one.</summary>
    internal double Value { get; private set; } = double.NaN;

    internal int Iterations { get; private set; }

    internal MinimizerOutcome Outcome { get; private set; }

    /// <summary>Takes the function and its gradient at <see cref="Point"/>.</summary>
    /// <returns>Whether another evaluation is wanted.</returns>
    internal bool Tell(double value, ReadOnlySpan<double> gradient)
    {
        _evaluations++;
        if (double.IsNaN(Value))
            return Accept(value, gradient, isFirst: true);

        var slope = CompactHessian.Dot(gradient, _along);
        if (!double.IsFinite(value) || !double.IsFinite(slope))
            return Retreat();
        if (_search.Next(value, slope))
            return ++_steps < MostSteps ? _evaluations < _limits.Evaluations ? Move() : Stop(MinimizerOutcome.Limited) : Retreat();

        // What the model learns: the step taken and how the gradient changed over it.
        var step = _search.Step;
        for (var i = 0; i < _x.Length; i++)
        {
            _change[i] = gradient[i] - _gradient[i];
            _along[i] *= step;
        }

        var curvature = (slope - _slope) * step;
        var before = Value;
        var learnt = curvature > 2.220446049250313e-16 * -_slope * step;
        if (!Accept(value, gradient, isFirst: false))
            return false;
        if (before - value <= _limits.Fall * Math.Max(Math.Max(Math.Abs(before), Math.Abs(value)), 1))
            return Stop(MinimizerOutcome.Converged);
        if (Iterations >= _limits.Iterations || _evaluations >= _limits.Evaluations)
            return Stop(MinimizerOutcome.Limited);
        if (learnt)
            _hessian.Add(_along, _change);
        return Turn();
    }

    // Makes the evaluated point the current one.
    private bool Accept(double value, ReadOnlySpan<double> gradient, bool isFirst)
    {
        if (!double.IsFinite(value) || !AllFinite(gradient))
            return Stop(MinimizerOutcome.Stuck);
        Value = value;
        gradient.CopyTo(_gradient);
        _point.CopyTo(_x, 0);
        if (!isFirst)
            Iterations++;
        if (ProjectedGradient() <= _limits.Gradient)
            return Stop(MinimizerOutcome.Converged);
        return !isFirst || Turn();
    }

    // A new direction from the current point, and the first step along it.
    private bool Turn()
    {
        while (true)
        {
            _direction.Target(_hessian, _x, _gradient, _lower, _upper, _target);
            var (squares, most) = (0.0, Iterations == 0 && !_isFree ? 1 : 1e10);
            _slope = 0;
            for (var i = 0; i < _x.Length; i++)
            {
                var d = _along[i] = _target[i] - _x[i];
                squares += d * d;
                _slope += d * _gradient[i];
                if (d < 0 && d * most < _lower[i] - _x[i])
                    most = (_lower[i] - _x[i]) / d;
                else if (d > 0 && d * most > _upper[i] - _x[i])
                    most = (_upper[i] - _x[i]) / d;
            }

            if (_slope < 0)
            {
                var first = Iterations == 0 && !_isBoxed ? Math.Min(1 / Math.Sqrt(squares), most) : Math.Min(1, most);
                (_search, _steps) = (new LineSearch(Value, _slope, first, most), 0);
                return Move();
            }

            if (_hessian.Pairs == 0)
                return Stop(MinimizerOutcome.Stuck);
            _hessian.Forget();
        }
    }

    // The line search found nothing: without the memory the direction may be better.
    private bool Retreat()
    {
        if (_hessian.Pairs == 0)
            return Stop(MinimizerOutcome.Stuck);
        _hessian.Forget();
        return _evaluations < _limits.Evaluations ? Turn() : Stop(MinimizerOutcome.Limited);
    }

    private bool Move()
    {
        for (var i = 0; i < _x.Length; i++)
            _point[i] = Math.Min(Math.Max(_search.Step == 1 ? _target[i] : _x[i] + (_search.Step * _along[i]), _lower[i]), _upper[i]);
        return true;
    }

    private bool Stop(MinimizerOutcome outcome)
    {
        Outcome = outcome;
        _x.CopyTo(_point, 0);
        return false;
    }

    private double ProjectedGradient()
    {
        var largest = 0.0;
        for (var i = 0; i < _x.Length; i++)
        {
            var g = _gradient[i];
            g = g < 0 ? Math.Max(_x[i] - _upper[i], g) : Math.Min(_x[i] - _lower[i], g);
            largest = Math.Max(largest, Math.Abs(g));
        }

        return largest;
    }

    private static bool AllFinite(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (!double.IsFinite(value))
                return false;
        }

        return true;
    }
}
