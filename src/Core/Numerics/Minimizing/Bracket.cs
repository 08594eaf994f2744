namespace Optuna.Numerics.Minimizing;

/// <summary>The interval of a <see cref="LineSearch"/>: its best end, its other end, and the cubic or secant step between them.</summary>
internal struct Bracket(double value, double slope)
{
    private double _x;
    private double _fx = value;
    private double _dx = slope;
    private double _y;
    private double _fy = value;
    private double _dy = slope;

    /// <summary>Whether a minimum lies between the ends.</summary>
    internal bool IsClosed { get; private set; }

    internal readonly double Best => _x;

    internal readonly double BestValue => _fx;

    internal readonly double Low => Math.Min(_x, _y);

    internal readonly double High => Math.Max(_x, _y);

    internal readonly double Width => Math.Abs(_y - _x);

    internal readonly double Middle => _x + (0.5 * (_y - _x));

    /// <summary>Takes a line of this slope off the function.</summary>
    internal void Tilt(double by)
    {
        (_fx, _dx) = (_fx - (_x * by), _dx - by);
        (_fy, _dy) = (_fy - (_y * by), _dy - by);
    }

    /// <summary>Takes in a trial step and proposes the next; Moré and Thuente, section 4, by the case of the new point.</summary>
    internal double Next(double p, double fp, double dp, double least, double most)
    {
        var turned = dp * (_dx / Math.Abs(_dx)) < 0;
        double next;
        if (fp > _fx)
        {
            // 1: higher. The minimum is bracketed; the cubic step if it is closer to the best end, else halfway to the quadratic one.
            var cubic = Cubic(_x, _fx, _dx, p, fp, dp, p < _x ? -1 : 1, clamp: false).FromFirst;
            var quadratic = _x + (_dx / (((_fx - fp) / (p - _x)) + _dx) / 2 * (p - _x));
            next = Math.Abs(cubic - _x) < Math.Abs(quadratic - _x) ? cubic : cubic + ((quadratic - cubic) / 2);
            IsClosed = true;
        }
        else if (turned)
        {
            // 2: lower, slopes of opposite sign. Bracketed; the step farther from the new point.
            var cubic = Cubic(_x, _fx, _dx, p, fp, dp, p > _x ? -1 : 1, clamp: false).FromSecond;
            var secant = Secant(p, dp);
            next = Math.Abs(cubic - p) > Math.Abs(secant - p) ? cubic : secant;
            IsClosed = true;
        }
        else if (Math.Abs(dp) < Math.Abs(_dx))
        {
            next = Flatter(p, fp, dp, least, most);
        }
        else if (IsClosed)
        {
            // 4: lower and no flatter, bracketed.
            next = Cubic(_y, _fy, _dy, p, fp, dp, p > _y ? -1 : 1, clamp: false).FromSecond;
        }
        else
        {
            next = p > _x ? most : least;
        }

        if (fp > _fx)
        {
            (_y, _fy, _dy) = (p, fp, dp);
        }
        else
        {
            if (turned)
                (_y, _fy, _dy) = (_x, _fx, _dx);
            (_x, _fx, _dx) = (p, fp, dp);
        }

        return next;
    }

    // 3: lower, same sign of slope, flatter. The cubic step only counts if it goes on in the direction of the search.
    private readonly double Flatter(double p, double fp, double dp, double least, double most)
    {
        var (_, cubic, r, gamma) = Cubic(_x, _fx, _dx, p, fp, dp, p > _x ? -1 : 1, clamp: true);
        if (!(r < 0 && gamma != 0))
            cubic = p > _x ? most : least;
        var secant = Secant(p, dp);
        if (!IsClosed)
            return Math.Min(Math.Max(Math.Abs(cubic - p) > Math.Abs(secant - p) ? cubic : secant, least), most);
        var next = Math.Abs(cubic - p) < Math.Abs(secant - p) ? cubic : secant;
        var limit = p + (0.66 * (_y - p));
        return p > _x ? Math.Min(limit, next) : Math.Max(limit, next);
    }

    private readonly double Secant(double p, double dp) => p + (dp / (dp - _dx) * (_x - p));

    // Minimum of the cubic through both points, measured from either.
    private static (double FromFirst, double FromSecond, double R, double Gamma) Cubic(
        double a, double fa, double da, double p, double fp, double dp, double sign, bool clamp)
    {
        var theta = (3 * (fa - fp) / (p - a)) + da + dp;
        var s = Math.Max(Math.Abs(theta), Math.Max(Math.Abs(da), Math.Abs(dp)));
        var inner = (theta / s * (theta / s)) - (da / s * (dp / s));
        var gamma = sign * s * Math.Sqrt(clamp ? Math.Max(0, inner) : inner);
        var first = (gamma - da + theta) / (gamma - da + gamma + dp);
        var second = (gamma - dp + theta) / (clamp ? gamma + (da - dp) + gamma : gamma - dp + gamma + da);
        return (a + (first * (p - a)), p + (second * (a - p)), second, gamma);
    }
}
