namespace Optuna.Distributions;

/// <summary>Whole numbers in [<see cref="Low"/>, <see cref="High"/>] by <see cref="Step"/>, optionally on a log scale.</summary>
/// <remarks>
/// With a step that does not divide the range, <see cref="High"/> is lowered to the last grid point. The internal form is
/// a double, so beyond ±2^53 (as in Optuna) neighbouring values fall together and the grid is only kept roughly.
/// </remarks>
public sealed class IntDistribution : Distribution
{
    /// <param name="low">Smallest value; at least 1 with <paramref name="log"/>.</param>
    /// <param name="high">Largest value; not below <paramref name="low"/>.</param>
    /// <param name="log">Sample in the logarithm; needs step 1.</param>
    /// <param name="step">Grid width, above 0.</param>
    /// <exception cref="ArgumentException">One of the rules above is broken.</exception>
    public IntDistribution(long low, long high, bool log = false, long step = 1)
    {
        if (log && step != 1)
            throw new ArgumentException($"IntDistribution: 'step' must be 1 with 'log' (step={step}).");
        if (low > high)
            throw new ArgumentException($"IntDistribution: 'low' must not be larger than 'high' (low={low}, high={high}).");
        if (log && low < 1)
            throw new ArgumentException($"IntDistribution: 'low' must be at least 1 with 'log' (low={low}).");
        if (step <= 0)
            throw new ArgumentException($"IntDistribution: 'step' must be larger than 0 (step={step}).");
        Low = low;
        High = (long)((Int128)low + ((Int128)high - low) / step * step);
        Log = log;
        Step = step;
    }

    public long Low { get; }

    public long High { get; }

    public bool Log { get; }

    public long Step { get; }

    public override bool IsSingle => Low == High;

    public override double SingleValue => Low;

    public override bool Contains(double internalValue) =>
        Low <= internalValue && internalValue <= High && (internalValue - Low) % Step == 0;

    /// <inheritdoc/>
    /// <remarks>A fraction is kept, as in Optuna: it is not contained, and its user's form is cut off.</remarks>
    /// <exception cref="ArgumentException">As <see cref="Distribution.ToInternal"/>, or infinite.</exception>
    public override double ToInternal(object? external)
    {
        var value = NumberToInternal(external, Log, nameof(IntDistribution));
        return double.IsFinite(value) ? value : throw new ArgumentException($"'{external}' is not a valid value of {nameof(IntDistribution)}: it must be finite.");
    }

    public override object ToExternal(double internalValue) => (long)internalValue;

    public override bool Equals(Distribution? other) => other is IntDistribution i
        && Low == i.Low && High == i.High && Log == i.Log && Step == i.Step;

    public override int GetHashCode() => HashCode.Combine(2, Low, High, Log, Step);
}
