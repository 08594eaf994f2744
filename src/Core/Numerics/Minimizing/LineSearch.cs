namespace Optuna.Numerics.Minimizing;

/// <summary>
/// A step that lowers a function enough and flattens it enough (strong Wolfe conditions), asked for point by point:
/// J. J. Moré and D. J. Thuente, "Line search algorithms with guaranteed sufficient decrease", ACM TOMS 20 (1994).
/// </summary>
internal struct LineSearch
{
    // As L-BFGS-B sets them: μ and η of the conditions, and the relative width at which an interval is given up.
    private const double Decrease = 1e-3;
    private const double Curvature = 0.9;
    private const double Width = 0.1;

    private readonly double _start;
    private readonly double _slope;
    private readonly double _test;
    private readonly double _most;
    private double _width;
    private double _widthBefore;
    private double _least;
    private double _furthest;
    private bool _lowering;
    private Bracket _bracket;

    /// <param name="value">f(0).</param>
    /// <param name="slope">f′(0), negative.</param>
    /// <param name="step">The first step to try, at most <paramref name="most"/>.</param>
    internal LineSearch(double value, double slope, double step, double most)
    {
        (_start, _slope, _test, _most) = (value, slope, Decrease * slope, most);
        (_width, _widthBefore) = (most, 2 * most);
        (_least, _furthest, _lowering) = (0, 5 * step, true);
        _bracket = new Bracket(value, slope);
        Step = step;
    }

    /// <summary>Where the function is to be looked at.</summary>
    internal double Step { get; private set; }

    /// <summary>Takes the function at <see cref="Step"/>.</summary>
    /// <returns>Whether another step is to be tried; else this one is as good as can be had.</returns>
    internal bool Next(double value, double slope)
    {
        var enough = _start + (Step * _test);
        if (_lowering && value <= enough && slope >= 0)
            _lowering = false;
        if (IsDone(value, slope, enough))
            return false;

        double step;
        if (_lowering && value <= _bracket.BestValue && value > enough)
        {
            // Far from enough yet: steer by the function less the line of sufficient decrease.
            _bracket.Tilt(_test);
            step = _bracket.Next(Step, value - (Step * _test), slope - _test, _least, _furthest);
            _bracket.Tilt(-_test);
        }
        else
        {
            step = _bracket.Next(Step, value, slope, _least, _furthest);
        }

        if (_bracket.IsClosed)
        {
            if (_bracket.Width >= 0.66 * _widthBefore)
                step = _bracket.Middle;
            (_widthBefore, _width) = (_width, _bracket.Width);
            (_least, _furthest) = (_bracket.Low, _bracket.High);
        }
        else
        {
            (_least, _furthest) = (step + (1.1 * (step - _bracket.Best)), step + (4 * (step - _bracket.Best)));
        }

        step = Math.Min(Math.Max(step, 0), _most);
        if (_bracket.IsClosed && (step <= _least || step >= _furthest || _furthest - _least <= Width * _furthest))
            step = _bracket.Best;
        Step = step;
        return true;
    }

    private readonly bool IsDone(double value, double slope, double enough) =>
        (_bracket.IsClosed && (Step <= _least || Step >= _furthest || _furthest - _least <= Width * _furthest))
        || (Step == _most && value <= enough && slope <= _test)
        || (Step == 0 && (value > enough || slope >= _test))
        || (value <= enough && Math.Abs(slope) <= Curvature * -_slope);
}
