namespace Optuna.Samplers.CmaEs;

/// <summary>The values 0, step, 2 step, … up to 1 of a discrete dimension, and the limits halfway between them.</summary>
internal sealed class UnitGrid
{
    private readonly double _step;
    private readonly double _last;

    internal UnitGrid(double step)
    {
        _step = step;
        _last = Math.Max(1, Math.Ceiling((1 + (step / 2)) / step) - 1);
    }

    internal double Value(double index) => index * _step;

    /// <summary>Index of the value nearest to x; of two equally near, the lower. Whole, though a double: there may be more than an int counts.</summary>
    internal double Index(double x)
    {
        var index = Math.Clamp(Math.Floor((x / _step) + 0.5), 0, _last);
        if (index > 0 && x <= Limit(index - 1))
            index--;
        if (index < _last && x > Limit(index))
            index++;
        return index;
    }

    /// <summary>The limits on either side of x's value; beyond an end of the grid both are the last one.</summary>
    internal (double Lower, double Upper) Limits(double x)
    {
        var index = Index(x);
        return (Limit(Math.Clamp(index - 1, 0, _last - 1)), Limit(Math.Clamp(index, 0, _last - 1)));
    }

    private double Limit(double index) => (Value(index) + Value(index + 1)) / 2;
}
