namespace Optuna.Pruners;

/// <summary>Prunes a trial whose last report is NaN or lies outside fixed bounds, whatever other trials did.</summary>
public sealed class ThresholdPruner : IPruner
{
    private readonly double _lower;
    private readonly double _upper;
    private readonly ReportInterval _interval;

    /// <exception cref="ArgumentException">No bound is given, they are the wrong way round, or a number is out of its range.</exception>
    public ThresholdPruner(ThresholdPrunerOptions options)
    {
        if (options.Lower is null && options.Upper is null)
            throw new ArgumentException("Either 'lower' or 'upper' must be given.");
        (_lower, _upper) = (options.Lower ?? double.NegativeInfinity, options.Upper ?? double.PositiveInfinity);
        if (double.IsNaN(_lower) || double.IsNaN(_upper))
            throw new ArgumentException($"'{(double.IsNaN(_lower) ? "lower" : "upper")}' must be a number (it is NaN).");
        if (_lower > _upper)
            throw new ArgumentException($"'lower' must not be larger than 'upper' ('lower' is {_lower}, 'upper' is {_upper}).");
        _interval = new ReportInterval(options.WarmupSteps, options.IntervalSteps);
    }

    public bool ShouldPrune(PruningContext context) =>
        _interval.Speaks(context) && !(context.Reports[context.LastStep] is var value && value >= _lower && value <= _upper);
}
