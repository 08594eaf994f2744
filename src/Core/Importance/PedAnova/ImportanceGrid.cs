using Optuna.Distributions;

namespace Optuna.Importance;

/// <summary>At most 50 points over a range (its own points where it has fewer), on which values are counted. A categorical's points are its choices.</summary>
internal readonly struct ImportanceGrid
{
    private const int MostPoints = 50;

    private readonly bool _categorical;
    private readonly bool _log;
    private readonly double _low;
    private readonly double _width;

    public ImportanceGrid(Distribution distribution)
    {
        if (distribution is CategoricalDistribution c)
        {
            (_categorical, Points) = (true, c.Choices.Length);
            return;
        }

        double low, high;
        (low, high, _log, Points) = distribution switch
        {
            // Of a logarithmic range of whole numbers as many points as its length has binary digits.
            IntDistribution { Log: true } d => (d.Low, d.High, true, Least(Math.Ceiling(Math.Log(d.High - d.Low + 1.0) / Math.Log(2)) + 1)),
            IntDistribution d => (d.Low, d.High, false, Least(Math.Round((d.High - (double)d.Low) / d.Step) + 1)),
            FloatDistribution { Step: { } step } d => (d.Low, d.High, false, Least(Math.Round((d.High - d.Low) / step) + 1)),
            FloatDistribution d => (d.Low, d.High, d.Log, MostPoints),
            _ => throw new ArgumentException($"{distribution} is neither numeric nor categorical."),
        };
        if (_log)
            (low, high) = (Math.Log(low), Math.Log(high));
        (_low, _width) = (low, (high - low) / (Points - 1));
    }

    public int Points { get; }

    /// <summary>The nearest point, the lower of two.</summary>
    public int CellOf(double value) => _categorical
        ? (int)value
        : (int)Math.Clamp(Math.Ceiling((((_log ? Math.Log(value) : value) - _low) / _width) - 0.5), 0, Points - 1);

    private static int Least(double points) => (int)Math.Min(points, MostPoints);
}
